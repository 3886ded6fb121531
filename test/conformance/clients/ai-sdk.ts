import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import {
  APICallError,
  generateText,
  jsonSchema,
  type LanguageModel,
  Output,
  RetryError,
  stepCountIs,
  streamText,
  type ToolSet,
  tool,
} from 'ai';
import type { Answer, Ask, Client, Gateway } from './client.js';

type Options = NonNullable<Parameters<typeof generateText>[0]['providerOptions']>;

/** One way of the AI SDK to a gateway: a provider package, what it needs always, and how it is told to think. */
interface Way {
  readonly name: string;
  readonly surface: string;
  readonly model: (gateway: Gateway, model: string) => LanguageModel;
  readonly always?: Options;
  readonly toThink: Options;
}

const openai = ({ url, key }: Gateway) => createOpenAI({ apiKey: key, baseURL: `${url}/v1` });

const WAYS: readonly Way[] = [
  {
    name: '`ai` with `@ai-sdk/openai`, chat',
    surface: '/v1/chat/completions',
    model: (gateway, model) => openai(gateway).chat(model),
    toThink: { openai: { reasoningEffort: 'medium', forceReasoning: true } },
  },
  {
    name: '`ai` with `@ai-sdk/openai`, responses',
    surface: '/v1/responses',
    model: (gateway, model) => openai(gateway).responses(model),
    always: { openai: { store: false } },
    toThink: {
      openai: {
        store: false,
        reasoningEffort: 'medium',
        reasoningSummary: 'auto',
        forceReasoning: true,
        include: ['reasoning.encrypted_content'],
      },
    },
  },
  {
    name: '`ai` with `@ai-sdk/anthropic`',
    surface: '/v1/messages',
    model: ({ url, key }, model) => createAnthropic({ apiKey: key, baseURL: `${url}/v1` })(model),
    toThink: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2_000 } } },
  },
  {
    name: '`ai` with `@ai-sdk/google`',
    surface: '/v1beta/models',
    model: ({ url, key }, model) => createGoogleGenerativeAI({ apiKey: key, baseURL: `${url}/v1beta` })(model),
    toThink: { google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 2_000 } } },
  },
];

export const aiSdk: readonly Client[] = WAYS.map((way) => ({
  name: way.name,
  surface: way.surface,
  errorKind: (error) => {
    const cause = RetryError.isInstance(error) ? error.lastError : error;
    if (!APICallError.isInstance(cause)) return 'other';
    return cause.statusCode === 404 ? 'not-found' : cause.statusCode === 429 ? 'rate-limit' : 'other';
  },
  connect: (gateway) => (ask) => converse(way, gateway, ask),
}));

async function converse(way: Way, gateway: Gateway, ask: Ask): Promise<Answer> {
  const params = {
    model: way.model(gateway, ask.model),
    messages: [{ role: 'user' as const, content: contentOf(ask) }],
    tools: toolsOf(ask),
    stopWhen: stepCountIs(5),
    maxRetries: 0,
    ...optionsOf(way, ask),
    ...(ask.schema && { output: Output.object({ schema: jsonSchema({ ...ask.schema } as object) }) }),
    experimental_download: fetched,
  };
  if (!ask.streamed) {
    const { text, steps, totalUsage } = await generateText(params);
    return answerOf(text, steps, totalUsage);
  }
  const failures: unknown[] = [];
  const stream = streamText({ ...params, onError: ({ error }) => void failures.push(error) });
  await stream.consumeStream();
  if (failures.length > 0) throw failures[0];
  return answerOf(await stream.text, await stream.steps, await stream.totalUsage);
}

function optionsOf({ always, toThink }: Way, { thinking }: Ask): { providerOptions?: Options } {
  const options = thinking ? toThink : always;
  return options ? { providerOptions: options } : {};
}

const contentOf = ({ prompt, images = [] }: Ask) => [
  ...images.map((image) => ({ type: 'image' as const, image, mediaType: 'image/png' })),
  { type: 'text' as const, text: prompt },
];

const toolsOf = ({ tools = [] }: Ask): ToolSet =>
  Object.fromEntries(
    tools.map(({ name, description, parameters, run }) => [
      name,
      tool({
        description,
        inputSchema: jsonSchema({ ...parameters } as object),
        execute: async (args: unknown) => run(args),
      }),
    ]),
  );

function answerOf(
  text: string,
  steps: readonly { readonly reasoningText: string | undefined }[],
  usage: { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined },
): Answer {
  return {
    text,
    thinking: steps.map(({ reasoningText = '' }) => reasoningText).join(''),
    usage: { input: usage.inputTokens ?? Number.NaN, output: usage.outputTokens ?? Number.NaN },
  };
}

/** Where a provider package does not send URLs on, the SDK fetches the image itself: here a pixel, as if from there. */
async function fetched(wanted: readonly { readonly isUrlSupportedByModel: boolean }[]) {
  return wanted.map(({ isUrlSupportedByModel }) =>
    isUrlSupportedByModel ? null : { data: new Uint8Array([1]), mediaType: 'image/png' },
  );
}
