import OpenAI from 'openai';
import type { Responses } from 'openai/resources';
import { type Answer, type Ask, type Client, NO_USAGE, plus, run } from './client.js';
import { openaiErrorKind } from './openai-errors.js';

export const openaiResponses: Client = {
  name: '`openai`, responses',
  surface: '/v1/responses',
  errorKind: openaiErrorKind,
  connect: ({ url, key }) => {
    const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
    return (ask) => converse(client, ask);
  },
};

async function converse(client: OpenAI, ask: Ask): Promise<Answer> {
  const input: Responses.ResponseInputItem[] = [{ role: 'user', content: contentOf(ask) }];
  let thinking = '';
  let usage = NO_USAGE;
  for (;;) {
    const params = { ...paramsOf(ask), input };
    const response = ask.streamed
      ? await client.responses.stream({ ...params, stream: true }).finalResponse()
      : await client.responses.create(params);
    input.push(...(response.output as Responses.ResponseInputItem[]));
    thinking += thinkingIn(response);
    usage = plus(usage, {
      input: response.usage?.input_tokens ?? Number.NaN,
      output: response.usage?.output_tokens ?? Number.NaN,
    });
    const output: Responses.ResponseOutputItem[] = response.output;
    const calls = output.filter((item) => item.type === 'function_call');
    if (calls.length === 0) return { text: response.output_text, thinking, usage };
    for (const { call_id, name, arguments: json } of calls)
      input.push({ type: 'function_call_output', call_id, output: run(ask.tools ?? [], name, JSON.parse(json)) });
  }
}

function contentOf({ prompt, images = [] }: Ask): Responses.ResponseInputContent[] {
  return [
    ...images.map((image_url) => ({ type: 'input_image' as const, image_url, detail: 'auto' as const })),
    { type: 'input_text' as const, text: prompt },
  ];
}

/** Nothing is stored at the provider: the conversation comes back whole, thinking sealed inside. */
function paramsOf({
  model,
  tools,
  schema,
  thinking,
}: Ask): Omit<Responses.ResponseCreateParamsNonStreaming, 'input' | 'stream'> {
  return {
    model,
    store: false,
    ...(tools && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function' as const,
        name,
        description,
        parameters: { ...parameters },
        strict: true,
      })),
    }),
    ...(schema && { text: { format: { type: 'json_schema', name: 'answer', schema: { ...schema }, strict: true } } }),
    ...(thinking && {
      reasoning: { effort: 'medium', summary: 'auto' },
      include: ['reasoning.encrypted_content' as const],
    }),
  };
}

const thinkingIn = ({ output }: Responses.Response): string =>
  output
    .filter((item) => item.type === 'reasoning')
    .flatMap(({ summary }) => summary.map(({ text }) => text))
    .join('');
