import type { Usage } from '../answering/reply.js';
import { countTokens, tokenize } from '../answering/tokens.js';
import type { Answer, Asked, Endpoint, StreamEvent } from '../vendor.js';
import { missing, openaiErrorOf } from './errors.js';

/** So many bytes of a file count as a second of sound. */
const BYTES_PER_SECOND = 16_000;
const AUDIO_TOKENS_PER_SECOND = 10;

/** POST /audio/transcriptions. https://platform.openai.com/docs/api-reference/audio/createTranscription */
export const transcriptions: Endpoint = {
  method: 'POST',
  path: /^\/audio\/transcriptions$/,
  body: 'form',
  modelOf: ({ form }) => formText(form, 'model'),
  answer: transcribe,
};

interface Transcript {
  readonly text: string;
  readonly seconds: number;
  /** In OpenAI's shape: by duration for Whisper, by tokens for its successors. */
  readonly wireUsage: unknown;
}

function transcribe({ form, model }: Asked): Answer {
  const file = form?.get('file');
  if (file === undefined || file === null || typeof file === 'string') throw missing('file');
  if (model === '') throw missing('model');
  const words = `Transcript of ${file.name}, ${file.size} bytes.`;
  const seconds = Math.max(1, Math.ceil(file.size / BYTES_PER_SECOND));
  const usage = usageOf(words, seconds);
  const transcript: Transcript = {
    text: words,
    seconds,
    wireUsage: model.startsWith('whisper') ? { type: 'duration', seconds } : tokenUsage(usage),
  };
  if (formText(form, 'stream') === 'true' && !model.startsWith('whisper'))
    return {
      kind: 'stream',
      framing: 'sse',
      events: events(transcript),
      failure: [{ data: JSON.stringify({ type: 'error', error: openaiErrorOf(500) }), paced: false }],
      usage,
    };
  return { ...formatted(transcript, formText(form, 'response_format') ?? 'json'), usage };
}

function formText(form: FormData | undefined, name: string): string | undefined {
  const value = form?.get(name);
  return typeof value === 'string' ? value : undefined;
}

function usageOf(words: string, seconds: number): Usage {
  const input = seconds * AUDIO_TOKENS_PER_SECOND;
  return { input, cacheRead: 0, cacheWrite: 0, output: countTokens(words), reasoning: 0 };
}

function tokenUsage({ input, output }: Usage): unknown {
  return {
    type: 'tokens',
    input_tokens: input,
    input_token_details: { text_tokens: 0, audio_tokens: input },
    output_tokens: output,
    total_tokens: input + output,
  };
}

function formatted({ text, seconds, wireUsage }: Transcript, format: string): Answer {
  const plain = (body: string): Answer => ({
    kind: 'bytes',
    contentType: 'text/plain; charset=utf-8',
    body: Buffer.from(body),
  });
  const end = `00:00:${String(Math.min(59, seconds)).padStart(2, '0')}`;
  switch (format) {
    case 'text':
      return plain(`${text}\n`);
    case 'srt':
      return plain(`1\n00:00:00,000 --> ${end},000\n${text}\n\n`);
    case 'vtt':
      return plain(`WEBVTT\n\n00:00:00.000 --> ${end}.000\n${text}\n\n`);
    case 'verbose_json':
      return {
        kind: 'json',
        body: { task: 'transcribe', language: 'english', duration: seconds, text, segments: [], usage: wireUsage },
      };
    default:
      return { kind: 'json', body: { text, usage: wireUsage } };
  }
}

function* events({ text, wireUsage }: Transcript): Iterable<StreamEvent> {
  for (const token of tokenize(text)) yield event({ type: 'transcript.text.delta', delta: token }, true);
  yield { ...event({ type: 'transcript.text.done', text, usage: wireUsage }, false), closing: true };
}

const event = (body: unknown, paced: boolean): StreamEvent => ({ data: JSON.stringify(body), paced });
