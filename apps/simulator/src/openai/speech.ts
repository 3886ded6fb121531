import { countTokens } from '../answering/tokens.js';
import { type Fields, fields, text } from '../json.js';
import type { Answer, Endpoint, StreamEvent } from '../vendor.js';
import { missing, openaiErrorOf } from './errors.js';

/** What a token of text sounds like, in bytes and in tokens of audio. */
const BYTES_PER_TOKEN = 240;
const AUDIO_TOKENS_PER_TOKEN = 10;

const TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
};

/** POST /audio/speech. https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const speech: Endpoint = {
  method: 'POST',
  path: /^\/audio\/speech$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json }) => speak(fields(json)),
};

function speak(request: Fields): Answer {
  const input = text(request['input']);
  if (text(request['model']) === undefined) throw missing('model');
  if (input === undefined) throw missing('input');
  if (request['voice'] === undefined) throw missing('voice');
  const tokens = countTokens(input);
  const usage = { input: tokens, cacheRead: 0, cacheWrite: 0, output: tokens * AUDIO_TOKENS_PER_TOKEN, reasoning: 0 };
  if (request['stream_format'] === 'sse')
    return {
      kind: 'stream',
      framing: 'sse',
      events: speechEvents(tokens),
      failure: [{ data: JSON.stringify({ type: 'error', error: openaiErrorOf(500) }), paced: false }],
      usage,
    };
  const contentType = TYPES[text(request['response_format']) ?? 'mp3'] ?? 'audio/mpeg';
  return { kind: 'bytes', contentType, body: sound(tokens), usage };
}

/** Bytes that begin as an MP3 frame does; the same for the same length. */
function sound(tokens: number): Buffer {
  const bytes = Buffer.alloc(tokens * BYTES_PER_TOKEN, 0x55);
  bytes.set([0xff, 0xf3, 0xe4, 0xc4]);
  return bytes;
}

function* speechEvents(tokens: number): Iterable<StreamEvent> {
  for (let i = 0; i < tokens; i++)
    yield { data: JSON.stringify({ type: 'speech.audio.delta', audio: sound(1).toString('base64') }), paced: true };
  const output = tokens * AUDIO_TOKENS_PER_TOKEN;
  const usage = { input_tokens: tokens, output_tokens: output, total_tokens: tokens + output };
  yield { data: JSON.stringify({ type: 'speech.audio.done', usage }), paced: false, closing: true };
}
