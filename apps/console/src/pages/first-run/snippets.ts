import { firstRunTexts } from '../../texts/first-run';

export type SnippetName = keyof typeof firstRunTexts.snippet.tabs;

interface Target {
  /** Without a path, such as http://localhost:8080. */
  readonly gatewayUrl: string;
  /** The route to ask. */
  readonly model: string;
}

const { prompt } = firstRunTexts.snippet;

/** The same first call in each of the ways that people make it. All read the key from TOLLGATE_KEY. */
export function snippetsFor({ gatewayUrl, model }: Target): Readonly<Record<SnippetName, string>> {
  return {
    curl: `curl ${gatewayUrl}/v1/chat/completions \\
  -H "authorization: Bearer $TOLLGATE_KEY" \\
  -H 'content-type: application/json' \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "${prompt}"}]}'`,
    python: `import os
from openai import OpenAI

client = OpenAI(base_url="${gatewayUrl}/v1", api_key=os.environ["TOLLGATE_KEY"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${prompt}"}],
)
print(answer.choices[0].message.content)`,
    typescript: `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${gatewayUrl}/v1', apiKey: process.env.TOLLGATE_KEY });
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: '${prompt}' }],
});
console.log(answer.choices[0]?.message.content);`,
    claude: `export ANTHROPIC_BASE_URL=${gatewayUrl}
export ANTHROPIC_AUTH_TOKEN=$TOLLGATE_KEY
claude --model ${model}`,
    vercel: `import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';

const tollgate = createOpenAI({ baseURL: '${gatewayUrl}/v1', apiKey: process.env.TOLLGATE_KEY });
const { text } = await generateText({ model: tollgate.chat('${model}'), prompt: '${prompt}' });
console.log(text);`,
  };
}
