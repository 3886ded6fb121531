import type { Encoded, EncodeTarget, Envelope } from '../dialect.js';
import {
  defined,
  invalid,
  isObject,
  optional,
  readArray,
  readBoolean,
  readCount,
  readInteger,
  readName,
  readNumber,
  readObject,
  readPositive,
  readString,
  restOf,
} from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, JsonObject, Part } from '../neutral/index.js';

const KNOWN = new Set([
  'model',
  'prompt',
  'stream',
  'stream_options',
  'max_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'logprobs',
  'user',
]);

/** One prompt is a message of the user. Several, or tokens, only a model of this API can take. */
export function decodeRequest(body: JsonObject, envelope: Envelope): ChatRequest {
  const read = <T>(key: string, reader: (value: unknown, param: string) => T) => optional(body[key], key, reader);
  const streamOptions = read('stream_options', readObject);
  const logprobs = read('logprobs', readCount);
  const parts = decodePrompt(body['prompt']);
  return defined<ChatRequest>({
    dialect: 'openai-completions',
    model: readName(body['model'] ?? envelope.model, 'model'),
    stream: read('stream', readBoolean) ?? false,
    streamUsage: optional(streamOptions?.['include_usage'], 'stream_options.include_usage', readBoolean) ?? false,
    messages: [{ role: 'user', parts }],
    maxOutputTokens: read('max_tokens', readPositive),
    temperature: read('temperature', readNumber),
    topP: read('top_p', readNumber),
    stop: read('stop', (value) => (typeof value === 'string' ? [value] : readArray(readString)(value, 'stop'))),
    seed: read('seed', readInteger),
    presencePenalty: read('presence_penalty', readNumber),
    frequencyPenalty: read('frequency_penalty', readNumber),
    n: read('n', readPositive),
    logprobs: logprobs === undefined ? undefined : { top: logprobs },
    endUser: read('user', readString),
    boundBy: parts.length > 1 || parts[0]?.type === 'opaque' ? 'prompt' : undefined,
    rest: restOf(body, KNOWN),
  });
}

function decodePrompt(prompt: unknown): Part[] {
  if (typeof prompt === 'string') return [{ type: 'text', text: prompt }];
  if (!Array.isArray(prompt) || prompt.length === 0) throw invalid('prompt', 'must be a string or an array');
  if (prompt.every((item) => typeof item === 'string')) return prompt.map((text) => ({ type: 'text', text }));
  const tokens = typeof prompt[0] === 'number' ? [prompt] : prompt;
  for (const [index, list] of tokens.entries()) readArray(readCount)(list, `prompt.${index}`);
  return tokens.map((value) => ({ type: 'opaque', dialect: 'openai-completions', value }));
}

/** What this API has no words for. */
const ABSENT = [
  'tools',
  'toolChoice',
  'parallelToolCalls',
  'output',
  'reasoning',
  'topK',
  'audio',
  'metadata',
  'serviceTier',
] as const;

/** A conversation of another dialect becomes one text: what was said, in order. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const dropped = new Dropped(request.dialect);
  dropped.addUnknown('openai-completions', request);
  dropped.addSaid(request, ABSENT);
  const native = request.dialect === 'openai-completions';
  const { stream } = request;
  return {
    body: defined<JsonObject>({
      ...(native ? request.rest : {}),
      model: target.upstreamModel,
      prompt: encodePrompt(request, dropped),
      stream: stream || undefined,
      stream_options: stream ? { include_usage: true } : undefined,
      max_tokens: request.maxOutputTokens,
      temperature: request.temperature,
      top_p: request.topP,
      stop: request.stop,
      seed: request.seed,
      presence_penalty: request.presencePenalty,
      frequency_penalty: request.frequencyPenalty,
      n: request.n,
      logprobs: request.logprobs?.top,
      user: request.endUser,
    }),
    dropped: dropped.names,
  };
}

function encodePrompt({ messages, boundBy }: ChatRequest, dropped: Dropped): unknown {
  const prompts = messages.flatMap(({ parts }) => parts).flatMap((part) => promptOf(part, dropped));
  if (boundBy === undefined) return prompts.join('\n\n');
  return prompts.length === 1 ? prompts[0] : prompts;
}

function promptOf(part: Part, dropped: Dropped): unknown[] {
  if (part.type === 'text' || part.type === 'refusal') return [part.text];
  if (part.type === 'opaque' && part.dialect === 'openai-completions' && !isObject(part.value)) return [part.value];
  dropped.add(part.type === 'reasoning' ? 'thinking' : part.type);
  return [];
}
