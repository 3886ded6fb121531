import { describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import { usageEvent } from '#libs/testing';
import { readUsageEvent } from './usage-row.js';

const ORGANIZATION = uuidv7();
const NOW_MS = Date.UTC(2026, 10, 24);

const read = (event: unknown): ReturnType<typeof readUsageEvent> =>
  readUsageEvent(typeof event === 'string' ? event : JSON.stringify(event), ORGANIZATION, NOW_MS);

const event = (facts: Partial<UsageEvent> = {}): UsageEvent =>
  usageEvent({ organizationId: ORGANIZATION, atMs: NOW_MS, ...facts });

describe('a usage event that is read', () => {
  it('becomes a row', () => {
    const good = event();
    expect(read(good)).toMatchObject({ ok: true, value: { callId: good.callId, atMs: NOW_MS } });
  });

  it('may carry fields that this version does not know, and lack optional ones', () => {
    const { traceId: _, ...rest } = event();
    expect(read({ ...rest, laterField: 1 }).ok).toBe(true);
  });

  it.each([
    ['not JSON', '{'],
    ['not an object', 'null'],
    ['a later version', { ...event(), version: 2 }],
    ['a call id that is none', event({ callId: 'x' })],
    ["another organization's", event({ organizationId: uuidv7() })],
    ['from before the epoch of this product', event({ atMs: 0 })],
    ['from the future', event({ atMs: NOW_MS + 2 * 86_400_000 })],
    ['a negative cost', event({ costNanoUsd: '-1' })],
    ['a cost with a fraction', event({ costNanoUsd: '1.5' })],
    ['a cost beyond a bigint', event({ costNanoUsd: '9999999999999999999' })],
    ['half a token', { ...event(), tokens: { ...event().tokens, input: 0.5 } }],
    ['no tokens', { ...event(), tokens: null }],
    ['a missing field', { ...event(), team: undefined }],
    ['tags that are no texts', { ...event(), tags: { a: 1 } }],
  ])('is refused with a reason: %s', (_case, bad) => {
    expect(read(bad)).toMatchObject({ ok: false, error: expect.any(String) });
  });

  it('loses only what Postgres cannot store: NUL and lone surrogates', () => {
    const result = read(event({ session: 'a\0b', tags: { 'k\0': '\ud800x' } }));
    expect(result.ok && result.value.cells).toEqual(expect.arrayContaining(['a\uFFFDb', '{"k\uFFFD":"\uFFFDx"}']));
  });
});
