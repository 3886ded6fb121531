import { describe, expect, it } from 'vitest';
import { dialectOf } from '../provider.js';
import { vertex } from './provider.js';
import { claudeBody } from './quirks.js';

const settings = { region: 'europe-west4', project: 'acme-1', apiVersion: null };
const facts = { stream: false, settings };
const CLAUDE = 'claude-sonnet-4-5@20250929';

describe('Vertex AI', () => {
  it("speaks Claude's dialect with Claude and Gemini's with the rest", () => {
    expect(dialectOf(vertex, CLAUDE)).toBe('anthropic-messages');
    expect(dialectOf(vertex, 'gemini-2.5-flash')).toBe('gemini');
  });

  it('has project, location, publisher, model and verb in the path', () => {
    const at = '/v1/projects/acme-1/locations/europe-west4/publishers';
    const path = (upstreamModel: string, stream: boolean) => vertex.paths.chat({ upstreamModel, stream, settings });
    expect(path('gemini-2.5-flash', false)).toBe(`${at}/google/models/gemini-2.5-flash:generateContent`);
    expect(path('gemini-2.5-flash', true)).toBe(`${at}/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse`);
    expect(decodeURIComponent(path(CLAUDE, false))).toBe(`${at}/anthropic/models/${CLAUDE}:rawPredict`);
    expect(decodeURIComponent(path(CLAUDE, true))).toBe(`${at}/anthropic/models/${CLAUDE}:streamRawPredict`);
  });

  it('has a host for each location, and one for all', () => {
    expect(vertex.baseUrl(settings)).toBe('https://europe-west4-aiplatform.googleapis.com');
    expect(vertex.baseUrl({ ...settings, region: 'global' })).toBe('https://aiplatform.googleapis.com');
  });

  it("takes the model out of Claude's body, puts the version in, and leaves Gemini's alone", () => {
    const body = '{"model":"smart", "max_tokens":1.0,"messages":[{"model":"inner"}]}';
    expect(claudeBody(body, { ...facts, upstreamModel: CLAUDE })).toBe(
      '{"anthropic_version":"vertex-2023-10-16", "max_tokens":1.0,"messages":[{"model":"inner"}]}',
    );
    expect(claudeBody(body, { ...facts, upstreamModel: 'gemini-2.5-flash' })).toBe(body);
  });
});
