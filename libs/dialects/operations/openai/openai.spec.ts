import { describe, expect, test } from 'vitest';
import type { OperationDialect } from '../operation.js';
import { openaiImages } from './images.js';
import { openaiModerations } from './moderations.js';
import { openaiSpeech } from './speech.js';
import { openaiTranscriptions } from './transcriptions.js';
import { usageOf } from './usage.js';

const FILE = { name: 'a.mp3', bytes: 16_000 };

describe('what a call could be', () => {
  test('images: the dearest there is for each, and one price per request each', () => {
    const { load } = openaiImages.decodeRequest({ model: 'm', prompt: 'fox', n: 3, partial_images: 2 }, {});
    expect(load).toMatchObject({ most: { output: 3 * 6_500 }, units: 3 });
  });

  test('speech: longer the slower it is', () => {
    const at = (speed: number) => openaiSpeech.decodeRequest({ model: 'm', input: 'hello', speed }, {}).load;
    expect(at(1)).toMatchObject({ beside: { output: 8 }, most: { output: 50 } });
    expect(at(0.25)).toMatchObject({ beside: { output: 30 }, most: { output: 200 } });
  });

  test('a transcription: by the size of its file', () => {
    const { load, stream } = openaiTranscriptions.decodeRequest({ model: 'm', file: FILE, stream: 'true' }, {});
    expect(load).toMatchObject({ beside: { audioInput: 10 }, most: { input: 320, output: 320 } });
    expect(stream).toBe(true);
  });
});

describe('usage', () => {
  test('tells sound from text, and what was cached', () => {
    const details = { text_tokens: 2, audio_tokens: 8, cached_tokens: 1 };
    expect(usageOf({ usage: { input_tokens: 10, input_token_details: details, output_tokens: 4 } })).toMatchObject({
      tokens: { input: 1, audioInput: 8, cacheRead: 1, output: 4 },
      inTokens: true,
    });
  });

  test('in seconds is not in tokens; none is none', () => {
    expect(usageOf({ usage: { type: 'duration', seconds: 3 } })).toMatchObject({ inTokens: false });
    expect(usageOf({ usage: null })).toBeUndefined();
  });
});

describe('a wrong request', () => {
  test.each<[string, OperationDialect, object]>([
    ['n', openaiImages, { model: 'm', prompt: 'x', n: 129 }],
    ['prompt', openaiImages, { model: 'm' }],
    ['partial_images', openaiImages, { model: 'm', prompt: 'x', partial_images: 4 }],
    ['speed', openaiSpeech, { model: 'm', input: 'x', speed: 0 }],
    ['model', openaiSpeech, { input: 'x' }],
    ['file', openaiTranscriptions, { model: 'm', file: { ...FILE, bytes: 0 } }],
    ['file', openaiTranscriptions, { model: 'm', file: 'a text' }],
    ['model', openaiTranscriptions, { file: FILE, model: ['a', 'b'] }],
    ['input', openaiModerations, {}],
  ])('is refused by the name of %s', (param, dialect, body) => {
    expect(() => dialect.decodeRequest(body as Record<string, unknown>, {})).toThrow(
      expect.objectContaining({ code: 'invalid_request', param }),
    );
  });

  test.each([openaiImages, openaiTranscriptions, openaiModerations] as OperationDialect[])(
    'answer is an upstream error ($id)',
    (dialect) => {
      expect(() => dialect.decodeResponse({ ok: true })).toThrow(expect.objectContaining({ code: 'upstream_error' }));
    },
  );
});

test('moderations without a model are asked of the one that OpenAI takes', () => {
  expect(openaiModerations.decodeRequest({ input: 'x' }, {}).model).toBe('omni-moderation-latest');
});
