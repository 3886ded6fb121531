import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providers } from './index.js';
import { modelSegment, resourceSegment } from './model-segment.js';

const ARN = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0';

describe('a model id in a URL', () => {
  it.each(['gpt-4.1-mini', 'claude-sonnet-4-5@20250929', 'anthropic.claude-v2:1', 'gpt-4o~status=503;times=2'])(
    'may be %s',
    (id) => {
      expect(decodeURIComponent(modelSegment(id))).toBe(id);
    },
  );

  it('may have slashes where ARNs are ids, which stay within the segment', () => {
    expect(decodeURIComponent(resourceSegment(ARN))).toBe(ARN);
    expect(resourceSegment(ARN)).not.toContain('/');
    expect(() => modelSegment(ARN)).toThrow();
  });

  const unsafe = [
    '',
    '.',
    '..',
    '../secrets',
    'a/../b',
    '%2F',
    'a%2e%2e',
    'a?b=c',
    'a#b',
    'a b',
    'a\\b',
    'a\r\nb',
    'é',
  ];
  it.each(unsafe)('is never %j', (id) => {
    expect(() => modelSegment(id)).toThrow(expect.objectContaining({ code: 'model_not_found' }));
    expect(() => resourceSegment(id)).toThrow(expect.objectContaining({ code: 'model_not_found' }));
  });

  it('never leads to another path, whatever it is, at any provider and operation', () => {
    const settings = { region: 'eu-central-1', project: 'p', apiVersion: '2024-10-21' };
    const operations = [...providers.values()].flatMap(({ paths }) => Object.values(paths));
    const hostile = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('..', '/', '%2F', '?', '#', '\\', '.', 'm', ':', '@', ';')).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(hostile, fc.constantFrom(...operations), fc.boolean(), (upstreamModel, path, stream) => {
        const href = (model: string) =>
          new URL(`https://host/base${path({ upstreamModel: model, stream, settings })}`).href;
        let url: string;
        try {
          url = href(upstreamModel);
        } catch {
          return;
        }
        const [before = '', after = ''] = href('MODEL').split('MODEL');
        expect(url.startsWith(before) && url.endsWith(after)).toBe(true);
        expect(url.slice(before.length, url.length - after.length)).not.toMatch(/[/?#\\]/);
      }),
      { numRuns: 1000 },
    );
  });
});
