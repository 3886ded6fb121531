import { describe, expect, it } from 'vitest';
import { hashPassword, newOneTimePassword, passwordFlaw, passwordMatches } from './index.js';

describe('passwords', () => {
  it('match their own hash only, and no two hashes of one password are the same', async () => {
    const [one, two] = await Promise.all([
      hashPassword('correct horse battery'),
      hashPassword('correct horse battery'),
    ]);
    expect(one).not.toBe(two);
    expect(await passwordMatches('correct horse battery', one)).toBe(true);
    expect(await passwordMatches('correct horse batterz', one)).toBe(false);
  });

  it('are the same however their letters are spelled in Unicode', async () => {
    expect(await passwordMatches('zwo\u0308lf zwo\u0308lf zwo\u0308lf', await hashPassword('zwölf zwölf zwölf'))).toBe(
      true,
    );
  });

  it('match nothing where there is no hash, not even what would derive the empty one', async () => {
    expect(await passwordMatches('', null)).toBe(false);
  });

  it('of a scheme that this version does not know are an error and not a refusal', async () => {
    await expect(passwordMatches('x', 'md5.a.b')).rejects.toThrow('unknown scheme');
  });

  it.each([
    ['short', 'eleven char'],
    ['over 200 characters', 'abcdefg'.repeat(30)],
    ['the email', 'ada.lovelace@acme.example'],
    ['the name in it and little else', 'ada.lovelace1'],
    ['one character again and again', 'aaaaaaaaaaaaaaaaaa'],
  ])('are refused when they are %s', (_, password) => {
    expect(passwordFlaw(password, 'ada.lovelace@acme.example')).toBeDefined();
  });

  it('are accepted when they are long, whatever they are made of', () => {
    for (const password of ['correct horse battery', 'h7kxm-2pqrs-abcde', 'ひらがなカタカナ漢字と記号'])
      expect(passwordFlaw(password, 'ada@acme.example')).toBeUndefined();
  });

  it('for one use are different, legible and accepted as passwords', () => {
    const made = Array.from({ length: 200 }, newOneTimePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) {
      expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
      expect(passwordFlaw(password, 'ada@acme.example')).toBeUndefined();
    }
  });
});
