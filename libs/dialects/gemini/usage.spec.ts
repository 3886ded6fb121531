import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../dialect.js';
import { gemini } from './index.js';
import { decodeUsage, encodeUsage } from './usage.js';

describe('usage', () => {
  it('is in kinds that do not overlap', () => {
    const { tokens } = decodeUsage({
      promptTokenCount: 100,
      cachedContentTokenCount: 40,
      toolUsePromptTokenCount: 5,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 70 },
        { modality: 'AUDIO', tokenCount: 30 },
      ],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 10 }],
      candidatesTokenCount: 20,
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 8 }],
      thoughtsTokenCount: 7,
    });
    expect(tokens).toEqual({
      input: 45,
      cacheRead: 40,
      cacheWrite: 0,
      cacheWrite1h: 0,
      output: 12,
      reasoning: 7,
      audioInput: 20,
      audioOutput: 8,
    });
    expect(encodeUsage(tokens)).toEqual({
      promptTokenCount: 105,
      cachedContentTokenCount: 40,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 7,
      totalTokenCount: 132,
    });
  });
});

describe('pass-through', () => {
  const event = (json: unknown): WireEvent => ({ event: null, data: JSON.stringify(json), raw: new Uint8Array() });
  const target = { upstreamModel: 'gemini-x', maxOutputTokens: 10, provider: 'gemini' };

  it('changes nothing: model and stream are in the URL', () => {
    const text = '{ "contents": [],  "n":1.0 }';
    expect(gemini.passThrough(text, JSON.parse(text), target).body).toBe(text);
  });

  it('meters a stream as it passes', () => {
    const { meter } = gemini.passThrough('{}', {}, target);
    const push = (json: unknown) => meter.push(event(json));
    const say = (text: string, members: object = {}) => ({
      candidates: [{ content: { parts: [{ text }] } }],
      ...members,
    });
    expect(push({ usageMetadata: { trafficType: 'ON_DEMAND' } })).toEqual({ forward: true, content: false });
    expect(
      push(say('the "finishReason": is told', { usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1 } })),
    ).toEqual({
      forward: true,
      content: true,
    });
    expect(meter.complete).toBe(false);
    push({
      candidates: [{ finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 9 },
      modelVersion: 'gemini-x-1',
    });
    expect(meter.complete).toBe(true);
    expect(meter.usage?.tokens).toMatchObject({ input: 3, output: 9 });
    expect(meter.answeredModel).toBe('gemini-x-1');
    expect(push({ error: { code: 500, status: 'INTERNAL', message: 'm' } }).error).toMatchObject({ kind: 'server' });
  });
});
