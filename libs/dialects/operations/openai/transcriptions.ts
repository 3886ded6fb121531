import { NO_TOKENS, TollgateError } from '#libs/core';
import { invalid, objectOf, optional, readName, textOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { textLoad } from '../load.js';
import type { OperationAnswer, OperationDialect, OperationRequest } from '../operation.js';
import { openaiPlain } from './plain.js';
import { usageOf } from './usage.js';

/** A second of sound is ten tokens: of MP3 at 128 kbit/s so many bytes each, of the thinnest speech codec so many. */
const BYTES_PER_TOKEN = 1_600;
const BYTES_PER_TOKEN_MIN = 50;

/** A transcription: what was heard, beside what it cost. */
export interface Transcription extends OperationAnswer {
  readonly text: string;
}

/**
 * OpenAI's transcriptions. The body is a form, which the gateway shows as an object: text fields by name, and each file as
 * `{ name, bytes }`. https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
export const openaiTranscriptions: OperationDialect<OperationRequest, Transcription> = {
  ...openaiPlain,
  id: 'openai-transcriptions',
  decodeRequest(body: JsonObject): OperationRequest {
    const { bytes } = objectOf(body['file']);
    if (typeof bytes !== 'number' || bytes === 0) throw invalid('file', 'must be a file with something in it');
    const likely = Math.ceil(bytes / BYTES_PER_TOKEN);
    const most = Math.ceil(bytes / BYTES_PER_TOKEN_MIN);
    return {
      dialect: 'openai-transcriptions',
      model: readName(body['model'], 'model'),
      stream: body['stream'] === 'true' || body['stream'] === '1',
      batch: false,
      load: textLoad(optional(body['prompt'], 'prompt', readText) ?? '', {
        beside: { ...NO_TOKENS, audioInput: likely, output: likely },
        most: { input: most, output: most },
      }),
    };
  },
  decodeResponse(body) {
    const text = textOf(body['text']);
    if (text === undefined)
      throw new TollgateError('upstream_error', 'The provider sent an answer without a transcript.');
    return { text, usage: usageOf(body), model: undefined };
  },
  plain: 'text',
  usageOfEvent: usageOf,
};

const readText = (value: unknown, param: string): string => {
  if (typeof value !== 'string') throw invalid(param, 'must be a text');
  return value;
};
