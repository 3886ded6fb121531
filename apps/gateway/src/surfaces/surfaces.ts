import {
  type ChatDialect,
  chatDialects,
  type DialectId,
  type OperationDialectId,
  operationDialects,
} from '#libs/dialects';
import type { Operation } from '#libs/providers';
import { call } from '../call/call.js';
import type { CallDeps, Door } from '../call/call.types.js';
import type { Exchange } from '../call/exchange.js';
import { operate } from '../call/operate.js';
import { countLocally } from '../call/operation/count-locally.js';
import type { OperationSurface } from '../call/operation/operation.types.js';

/** A client-facing API, with the life that its calls live. */
export interface Surface extends Door {
  readonly operation: Operation;
  /** Where clients find it; `{model}` stands for the model's name. */
  readonly paths: readonly string[];
  live(exchange: Exchange, deps: CallDeps): Promise<void>;
}

function chat(id: DialectId, ...paths: string[]): Surface {
  const surface = { id, dialect: chatDialects[id] as ChatDialect };
  return { ...surface, operation: 'chat', paths, live: (exchange, deps) => call(surface, exchange, deps) };
}

function operation(
  dialect: OperationDialectId,
  name: Operation,
  path: string | readonly string[],
  more: Partial<Pick<OperationSurface, 'id' | 'body' | 'locally'>> = {},
): OperationSurface & Surface {
  const surface: OperationSurface = {
    id: dialect,
    operation: name,
    dialect: operationDialects[dialect],
    body: 'json',
    ...more,
  };
  return { ...surface, paths: [path].flat(), live: (exchange, deps) => operate(surface, exchange, deps) };
}

/** Every client-facing API: one per dialect that applications speak, and per thing they ask for. */
export const surfaces = {
  openaiChat: chat('openai-chat', '/v1/chat/completions'),
  openaiResponses: chat('openai-responses', '/v1/responses'),
  openaiCompletions: chat('openai-completions', '/v1/completions'),
  anthropicMessages: chat('anthropic-messages', '/v1/messages'),
  gemini: chat('gemini', '/v1beta/models/{model}:generateContent', '/v1beta/models/{model}:streamGenerateContent'),
  openaiEmbeddings: operation('openai-embeddings', 'embeddings', '/v1/embeddings'),
  openaiModerations: operation('openai-moderations', 'moderations', '/v1/moderations'),
  openaiImages: operation('openai-images', 'images', '/v1/images/generations'),
  openaiSpeech: operation('openai-speech', 'speech', '/v1/audio/speech'),
  openaiTranscriptions: operation('openai-transcriptions', 'transcriptions', '/v1/audio/transcriptions', {
    body: 'form',
  }),
  rerank: operation('jina-rerank', 'rerank', '/v1/rerank', { id: 'rerank' }),
  geminiEmbeddings: operation('gemini-embeddings', 'embeddings', [
    '/v1beta/models/{model}:embedContent',
    '/v1beta/models/{model}:batchEmbedContents',
  ]),
  anthropicCountTokens: operation('anthropic-count-tokens', 'count-tokens', '/v1/messages/count_tokens', {
    locally: countLocally,
  }),
  geminiCountTokens: operation('gemini-count-tokens', 'count-tokens', '/v1beta/models/{model}:countTokens', {
    locally: countLocally,
  }),
} as const satisfies Record<string, Surface>;
