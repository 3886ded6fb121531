import type { BaseMessage } from '@langchain/core/messages';
import { type AIMessageChunk, HumanMessage, ToolMessage, type UsageMetadata } from '@langchain/core/messages';
import { concat } from '@langchain/core/utils/stream';
import { ChatOpenAI } from '@langchain/openai';
import { type Answer, type Ask, type Client, type Gateway, NO_USAGE, plus, run, type Usage } from './client.js';
import { openaiErrorKind } from './openai-errors.js';

const client = (name: string, surface: string, useResponsesApi: boolean): Client => ({
  name,
  surface,
  errorKind: openaiErrorKind,
  connect: (gateway) => (ask) => converse(modelFor(gateway, ask, useResponsesApi), ask),
});

export const langchain: readonly Client[] = [
  client('`@langchain/openai`, chat', '/v1/chat/completions', false),
  client('`@langchain/openai`, responses', '/v1/responses', true),
];

function modelFor({ url, key }: Gateway, { model, thinking }: Ask, useResponsesApi: boolean): ChatOpenAI {
  return new ChatOpenAI({
    model,
    apiKey: key,
    configuration: { baseURL: `${url}/v1` },
    maxRetries: 0,
    useResponsesApi,
    streamUsage: true,
    ...(thinking && { modelKwargs: useResponsesApi ? THINKING.responses : THINKING.chat }),
  });
}

/** As plain members: the class has words for thinking, but says them only to models that are named like OpenAI's. */
const THINKING = {
  chat: { reasoning_effort: 'medium' },
  responses: {
    store: false,
    reasoning: { effort: 'medium', summary: 'auto' },
    include: ['reasoning.encrypted_content'],
  },
};

async function converse(model: ChatOpenAI, ask: Ask): Promise<Answer> {
  const runnable = model.withConfig(optionsOf(ask));
  const messages: BaseMessage[] = [new HumanMessage({ content: contentOf(ask) })];
  let thinking = '';
  let usage = NO_USAGE;
  for (;;) {
    const message: AIMessageChunk = ask.streamed
      ? await joined(await runnable.stream(messages))
      : await runnable.invoke(messages);
    messages.push(message);
    thinking += thinkingOf(message);
    usage = plus(usage, usageOf(message));
    if (!message.tool_calls?.length) return { text: message.text, thinking, usage };
    for (const { id = '', name, args } of message.tool_calls)
      messages.push(new ToolMessage({ tool_call_id: id, content: run(ask.tools ?? [], name, args) }));
  }
}

async function joined(chunks: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let message: AIMessageChunk | undefined;
  for await (const chunk of chunks) message = message ? concat(message, chunk) : chunk;
  if (!message) throw new Error('the stream was empty');
  return message;
}

function optionsOf({ tools, schema }: Ask) {
  return {
    ...(tools && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function' as const,
        function: { name, description, parameters: { ...parameters } },
      })),
      strict: true,
    }),
    ...(schema && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: 'answer', schema: { ...schema }, strict: true },
      },
    }),
  };
}

function usageOf({ usage_metadata }: AIMessageChunk): Usage {
  const usage = usage_metadata as UsageMetadata | undefined;
  return { input: usage?.input_tokens ?? Number.NaN, output: usage?.output_tokens ?? Number.NaN };
}

const contentOf = ({ prompt, images = [] }: Ask) => [
  ...images.map((url) => ({ type: 'image_url' as const, image_url: { url } })),
  { type: 'text' as const, text: prompt },
];

const thinkingOf = (message: AIMessageChunk): string =>
  message.contentBlocks.map((block) => (block.type === 'reasoning' ? block.reasoning : '')).join('');
