import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { type Answer, type Ask, type Client, inline, NO_USAGE, plus, type Usage } from './client.js';

type Message = Anthropic.Beta.BetaMessage;

export const anthropic: Client = {
  name: '`@anthropic-ai/sdk`',
  surface: '/v1/messages',
  errorKind: (error) => {
    if (error instanceof Anthropic.NotFoundError) return 'not-found';
    return error instanceof Anthropic.RateLimitError ? 'rate-limit' : 'other';
  },
  connect: ({ url, key }) => {
    const client = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 });
    return (ask) => converse(client, ask);
  },
};

/** The SDK's own runner keeps the conversation and runs the tools. */
async function converse(client: Anthropic, ask: Ask): Promise<Answer> {
  const messages: Message[] = [];
  const params = paramsOf(ask);
  if (ask.streamed) {
    for await (const stream of client.beta.messages.toolRunner({ ...params, stream: true }))
      messages.push(await stream.finalMessage());
  } else {
    for await (const message of client.beta.messages.toolRunner({ ...params, stream: false })) messages.push(message);
  }
  return {
    text: textOf(messages.at(-1)!),
    thinking: messages.map(thinkingOf).join(''),
    usage: messages.map(usageOf).reduce(plus, NO_USAGE),
  };
}

function paramsOf({ model, prompt, images = [], tools = [], schema, thinking }: Ask) {
  return {
    model,
    max_tokens: 8_000,
    messages: [{ role: 'user' as const, content: [...images.map(imageOf), { type: 'text' as const, text: prompt }] }],
    tools: tools.map(({ name, description, parameters, run }) =>
      betaTool({ name, description, inputSchema: parameters, run: async (args) => run(args) }),
    ),
    ...(schema && { output_config: { format: { type: 'json_schema' as const, schema: { ...schema } } } }),
    ...(thinking && { thinking: { type: 'enabled' as const, budget_tokens: 2_000 } }),
  };
}

function imageOf(url: string): Anthropic.Beta.BetaImageBlockParam {
  const bytes = inline(url);
  if (!bytes) return { type: 'image', source: { type: 'url', url } };
  return { type: 'image', source: { type: 'base64', media_type: bytes.mediaType as 'image/png', data: bytes.data } };
}

const textOf = ({ content }: Message): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('');

const thinkingOf = ({ content }: Message): string =>
  content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join('');

const usageOf = ({ usage }: Message): Usage => ({
  input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
  output: usage.output_tokens,
});
