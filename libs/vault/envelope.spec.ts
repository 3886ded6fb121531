import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localMasterKey, newDataKey, open, openDataKey, SealBroken, seal, WrongMasterKey } from './index.js';

const dataKey = randomBytes(32);
/** Any text that UTF-8 can carry, i.e. without lone surrogates. */
const text = () => fc.string({ unit: 'grapheme', maxLength: 200 });

describe('a sealed secret', () => {
  it('opens to exactly what was sealed, whatever the text and the record id', () => {
    fc.assert(
      fc.property(text(), text(), (recordId, plaintext) => {
        expect(open(dataKey, recordId, seal(dataKey, recordId, plaintext))).toBe(plaintext);
      }),
    );
  });

  it('does not open under another record id', () => {
    fc.assert(
      fc.property(text(), text(), text(), (recordId, other, plaintext) => {
        fc.pre(recordId !== other);
        expect(() => open(dataKey, other, seal(dataKey, recordId, plaintext))).toThrow(SealBroken);
      }),
    );
  });

  it('does not open after any one of its characters changed', () => {
    const sealed = seal(dataKey, 'record', 'sk-a-provider-secret');
    for (let at = 0; at < sealed.length; at++) {
      // The last character of a base64url part may carry bits that are not data; any change of a whole byte must be caught.
      const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'Q' : 'A') + sealed.slice(at + 1);
      let opened: string | undefined;
      try {
        opened = open(dataKey, 'record', altered);
      } catch (cause) {
        expect(cause).toBeInstanceOf(SealBroken);
        continue;
      }
      expect(opened).toBe('sk-a-provider-secret');
      expect([sealed.lastIndexOf('.') - 1, sealed.length - 1]).toContain(at);
    }
  });

  it.each(['', 'v1', 'v1.', 'v1..', 'v2.AAAA.BBBB', 'v1.AAAAAAAAAAAAAAAA.', 'plain text'])(
    'refuses what is no sealed text: %j',
    (garbage) => {
      expect(() => open(dataKey, 'record', garbage)).toThrow(SealBroken);
    },
  );

  it('does not open with the data key of another organization', () => {
    expect(() => open(randomBytes(32), 'record', seal(dataKey, 'record', 'secret'))).toThrow(SealBroken);
  });

  it('never looks the same twice and does not contain its text', () => {
    const first = seal(dataKey, 'record', 'secret');
    expect(first).not.toBe(seal(dataKey, 'record', 'secret'));
    expect(first).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/);
    expect(Buffer.from(first.split('.')[2]!, 'base64url').toString('latin1')).not.toContain('secret');
  });
});

describe('a data key', () => {
  const masterKey = localMasterKey(randomBytes(32));

  it('comes back from its wrapping', async () => {
    const { wrapped, key } = await newDataKey(masterKey, 'organization-1');
    expect(await openDataKey(masterKey, wrapped, 'organization-1')).toEqual(key);
  });

  it('is refused with a clear error under another master key', async () => {
    const { wrapped } = await newDataKey(masterKey, 'organization-1');
    const other = localMasterKey(randomBytes(32));
    await expect(openDataKey(other, wrapped, 'organization-1')).rejects.toThrow(WrongMasterKey);
    await expect(openDataKey(other, wrapped, 'organization-1')).rejects.toThrow(/TOLLGATE_MASTER_KEY/);
  });

  it('cannot be moved to another organization', async () => {
    const { wrapped } = await newDataKey(masterKey, 'organization-1');
    await expect(openDataKey(masterKey, wrapped, 'organization-2')).rejects.toThrow(SealBroken);
  });

  it('does not open after it was altered', async () => {
    const { wrapped } = await newDataKey(masterKey, 'organization-1');
    const altered = `${wrapped.slice(0, -6)}${wrapped.at(-6) === 'A' ? 'B' : 'A'}${wrapped.slice(-5)}`;
    await expect(openDataKey(masterKey, altered, 'organization-1')).rejects.toThrow(SealBroken);
  });

  it('is only wrapped by a master key of 32 bytes', () => {
    expect(() => localMasterKey(randomBytes(16))).toThrow(RangeError);
  });
});
