import type { Chat, GenerateContentConfig, GenerateContentResponse } from '@google/genai';
import { ApiError, createPartFromBase64, createPartFromUri, GoogleGenAI, type Part } from '@google/genai';
import { type Answer, type Ask, type Client, inline, NO_USAGE, plus, run, type Usage } from './client.js';

export const googleGenai: Client = {
  name: '`@google/genai`',
  surface: '/v1beta/models',
  errorKind: (error) => {
    if (!(error instanceof ApiError)) return 'other';
    return error.status === 404 ? 'not-found' : error.status === 429 ? 'rate-limit' : 'other';
  },
  connect: ({ url, key }) => {
    const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
    return (ask) => converse(client.chats.create({ model: ask.model, config: configOf(ask) }), ask);
  },
};

async function converse(chat: Chat, ask: Ask): Promise<Answer> {
  let message: Part[] = [...(ask.images ?? []).map(imageOf), { text: ask.prompt }];
  let thinking = '';
  let usage = NO_USAGE;
  for (;;) {
    const chunks = await send(chat, message, ask.streamed);
    const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
    thinking += textOf(parts.filter((part) => part.thought));
    usage = plus(usage, usageOf(chunks));
    const calls = parts.flatMap((part) => part.functionCall ?? []);
    if (calls.length === 0) return { text: textOf(parts.filter((part) => !part.thought)), thinking, usage };
    message = calls.map(({ id, name = '', args }) => ({
      functionResponse: { ...(id && { id }), name, response: { output: run(ask.tools ?? [], name, args) } },
    }));
  }
}

async function send(chat: Chat, message: Part[], streamed: boolean): Promise<GenerateContentResponse[]> {
  if (!streamed) return [await chat.sendMessage({ message })];
  const chunks: GenerateContentResponse[] = [];
  for await (const chunk of await chat.sendMessageStream({ message })) chunks.push(chunk);
  return chunks;
}

function configOf({ tools, schema, thinking }: Ask): GenerateContentConfig {
  return {
    ...(tools && {
      tools: [
        {
          functionDeclarations: tools.map(({ name, description, parameters }) => ({
            name,
            description,
            parametersJsonSchema: parameters,
          })),
        },
      ],
    }),
    ...(schema && { responseMimeType: 'application/json', responseJsonSchema: schema }),
    ...(thinking && { thinkingConfig: { includeThoughts: true, thinkingBudget: 2_000 } }),
  };
}

function imageOf(url: string): Part {
  const bytes = inline(url);
  return bytes ? createPartFromBase64(bytes.data, bytes.mediaType) : createPartFromUri(url, 'image/png');
}

const textOf = (parts: readonly Part[]): string => parts.map(({ text = '' }) => text).join('');

/** Each chunk tells the usage so far. */
function usageOf(chunks: readonly GenerateContentResponse[]): Usage {
  const usage = chunks.findLast((chunk) => chunk.usageMetadata)?.usageMetadata;
  return {
    input: usage?.promptTokenCount ?? Number.NaN,
    output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
  };
}
