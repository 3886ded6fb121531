import { NO_TOKENS } from '#libs/core';
import { invalid, optional, readName, readNumber, readOneOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { textLoad } from '../load.js';
import type { OperationDialect, OperationRequest } from '../operation.js';
import { openaiPlain } from './plain.js';
import { usageOf } from './usage.js';

/**
 * Tokens of speech per character: OpenAI bills about 21 per second, and English is read at some 15 characters a second.
 * A digit is a whole word, which makes it the longest character to say.
 */
const AUDIO_TOKENS_PER_CHAR = 1.5;
const AUDIO_TOKENS_PER_CHAR_MAX = 10;

/** OpenAI's speech. Sound alone tells no usage, so it is estimated from the text; streamed as events it does. */
export const openaiSpeech: OperationDialect = {
  ...openaiPlain,
  id: 'openai-speech',
  decodeRequest(body: JsonObject): OperationRequest {
    const input = readName(body['input'], 'input');
    const instructions = optional(body['instructions'], 'instructions', readName) ?? '';
    const speed = optional(body['speed'], 'speed', readNumber) ?? 1;
    if (speed < 0.25 || speed > 4) throw invalid('speed', 'must be between 0.25 and 4');
    const spoken = (perChar: number): number => Math.ceil((input.length * perChar) / speed);
    return {
      dialect: 'openai-speech',
      model: readName(body['model'], 'model'),
      stream: optional(body['stream_format'], 'stream_format', readOneOf('audio', 'sse')) === 'sse',
      batch: false,
      load: textLoad(`${input}\n${instructions}`, {
        beside: { ...NO_TOKENS, output: spoken(AUDIO_TOKENS_PER_CHAR) },
        most: { input: 0, output: spoken(AUDIO_TOKENS_PER_CHAR_MAX) },
      }),
    };
  },
  decodeResponse: () => ({ usage: undefined, model: undefined }),
  plain: 'sound',
  usageOfEvent: usageOf,
};
