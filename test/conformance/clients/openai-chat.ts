import OpenAI from 'openai';
import { type Answer, type Ask, type Client, NO_USAGE, plus, run, type Usage } from './client.js';
import { openaiErrorKind } from './openai-errors.js';

type Message = OpenAI.ChatCompletionMessage & Thinking;
type Params = Omit<OpenAI.ChatCompletionCreateParams, 'stream'>;

/** Beside OpenAI's members, as vendors of thinking models add them and their clients give them back. */
interface Thinking {
  reasoning_content?: string;
  reasoning_details?: unknown[];
}

interface Turn {
  readonly message: Message;
  readonly usage: Usage;
}

export const openaiChat: Client = {
  name: '`openai`, chat completions',
  surface: '/v1/chat/completions',
  errorKind: openaiErrorKind,
  connect: ({ url, key }) => {
    const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
    return (ask) => converse(client, ask);
  },
};

async function converse(client: OpenAI, ask: Ask): Promise<Answer> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: contentOf(ask) }];
  let thinking = '';
  let usage = NO_USAGE;
  for (;;) {
    const turn = await (ask.streamed ? streamed : whole)(client, { ...paramsOf(ask), messages });
    messages.push(turn.message);
    thinking += turn.message.reasoning_content ?? '';
    usage = plus(usage, turn.usage);
    const calls = turn.message.tool_calls?.filter((call) => call.type === 'function') ?? [];
    if (calls.length === 0) return { text: turn.message.content ?? '', thinking, usage };
    for (const { id, function: called } of calls) {
      const content = run(ask.tools ?? [], called.name, JSON.parse(called.arguments));
      messages.push({ role: 'tool', tool_call_id: id, content });
    }
  }
}

function contentOf({ prompt, images = [] }: Ask): OpenAI.ChatCompletionContentPart[] {
  return [
    ...images.map((url) => ({ type: 'image_url' as const, image_url: { url } })),
    { type: 'text' as const, text: prompt },
  ];
}

function paramsOf({ model, tools, schema, thinking }: Ask): Omit<Params, 'messages'> {
  return {
    model,
    ...(tools && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function' as const,
        function: { name, description, parameters: { ...parameters }, strict: true },
      })),
    }),
    ...(schema && {
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { ...schema }, strict: true } },
    }),
    ...(thinking && { reasoning_effort: 'medium' }),
  };
}

async function whole(client: OpenAI, params: Params): Promise<Turn> {
  const { choices, usage } = await client.chat.completions.create({ ...params, stream: false });
  return { message: choices[0]!.message, usage: usageOf(usage) };
}

/** The SDK joins what it knows; of the rest it keeps the last, so thinking is joined here, as its vendors tell people to. */
async function streamed(client: OpenAI, params: Params): Promise<Turn> {
  const stream = client.chat.completions.stream({ ...params, stream: true, stream_options: { include_usage: true } });
  let text = '';
  const details: unknown[] = [];
  stream.on('chunk', ({ choices: [choice] }) => {
    const { reasoning_content = '', reasoning_details = [] } = (choice?.delta ?? {}) as Thinking;
    text += reasoning_content;
    details.push(...reasoning_details);
  });
  const { choices, usage } = await stream.finalChatCompletion();
  const message: Message = { ...choices[0]!.message };
  if (text !== '') message.reasoning_content = text;
  if (details.length > 0) message.reasoning_details = details;
  return { message, usage: usageOf(usage) };
}

const usageOf = (usage: OpenAI.CompletionUsage | undefined): Usage => ({
  input: usage?.prompt_tokens ?? Number.NaN,
  output: usage?.completion_tokens ?? Number.NaN,
});
