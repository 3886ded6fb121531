import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localMasterKey, masterKeyRing, newDataKey, openDataKey, WrongMasterKey } from './index.js';

const current = localMasterKey(randomBytes(32));
const next = localMasterKey(randomBytes(32));
const ring = masterKeyRing(current, next);

describe('two master keys during a rotation', () => {
  it('open what either of them wrapped', async () => {
    for (const masterKey of [current, next]) {
      const { wrapped, key } = await newDataKey(masterKey, 'organization');
      expect(await openDataKey(ring, wrapped, 'organization')).toEqual(key);
    }
  });

  it('wrap with the next one only, and what it wrapped bears its mark', async () => {
    const { wrapped } = await newDataKey(ring, 'organization');
    expect(wrapped.startsWith(next.mark)).toBe(true);
    expect(ring.mark).toBe(next.mark);
    await expect(openDataKey(current, wrapped, 'organization')).rejects.toThrow(WrongMasterKey);
  });

  it('refuse what a third one wrapped', async () => {
    const { wrapped } = await newDataKey(localMasterKey(randomBytes(32)), 'organization');
    await expect(openDataKey(ring, wrapped, 'organization')).rejects.toThrow(WrongMasterKey);
  });

  it('are just the current one without a next one, or when both are the same', () => {
    expect(masterKeyRing(current, null)).toBe(current);
    expect(masterKeyRing(current, current)).toBe(current);
  });
});
