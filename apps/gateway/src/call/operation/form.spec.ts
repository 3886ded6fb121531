import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readForm, spliceFields } from './form.js';

const TYPE = 'multipart/form-data; boundary=XyZ';
const field = (name: string, value: string): string =>
  `--XyZ\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, fileName: string, bytes: string): string =>
  `--XyZ\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: audio/mpeg\r\n\r\n${bytes}\r\n`;
const form = (...parts: string[]): Buffer => Buffer.from(`${parts.join('')}--XyZ--\r\n`);

describe('a form', () => {
  test('is read as an object: text by name, lists where a name comes again, files by name and size', async () => {
    const body = form(
      field('model', 'hear'),
      field('list[]', 'a'),
      field('list[]', 'b'),
      file('file', 'a.mp3', 'sound'),
    );
    expect(await readForm(body, TYPE)).toEqual({
      model: 'hear',
      'list[]': ['a', 'b'],
      file: { name: 'a.mp3', bytes: 5 },
    });
  });

  test('with a field named __proto__ has that field and no other effect', async () => {
    const members = await readForm(form(field('__proto__', 'x')), TYPE);
    expect(Object.hasOwn(members, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(members)).toBe(Object.prototype);
  });

  test.each([
    ['that never ends', Buffer.from(field('model', 'hear'))],
    ['without any boundary', Buffer.from('model=hear')],
    ['of more fields than any operation has', form(...Array.from({ length: 65 }, (_, i) => field(`f${i}`, 'x')))],
    ['with a field larger than any operation needs', form(field('prompt', 'x'.repeat(300_000)))],
  ])('%s is an invalid request', async (_, body) => {
    await expect(readForm(body, TYPE)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('without a boundary in its content type is an invalid request', async () => {
    await expect(readForm(form(field('a', 'b')), 'multipart/form-data')).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('setting fields', () => {
  test('changes the values of text fields of that name, each its own, and no other byte', () => {
    const body = form(file('model', 'x', 'name="model"'), field('a', '1'), field('model', 'old'), field('a', '2'));
    const spliced = spliceFields(body, TYPE, { model: 'new', a: ['one', 'two'] });
    expect(spliced.toString()).toBe(
      form(file('model', 'x', 'name="model"'), field('a', 'one'), field('model', 'new'), field('a', 'two')).toString(),
    );
  });

  test('knows quoted boundaries, preambles, and names without quotes', () => {
    const body = `preamble\r\n${field('model', 'old').replace('"model"', 'model')}--XyZ--`;
    const spliced = spliceFields(Buffer.from(body), 'multipart/form-data; charset=utf-8; boundary="XyZ"', {
      model: 'n',
    });
    expect(spliced.toString()).toBe(body.replace('old', 'n'));
  });

  test('refuses a field that is not there, rather than to send the client’s own name of the model on', () => {
    expect(() => spliceFields(form(field('a', 'b')), TYPE, { model: 'new' })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  test('leaves a form of any bytes readable, with everything else as it was', async () => {
    const name = fc.stringMatching(/^[a-z_[\]]{1,12}$/).filter((each) => each !== 'model');
    const part = fc.oneof(
      fc.tuple(name, fc.string()).map(([key, value]) => field(key, value.replaceAll('XyZ', ''))),
      fc.tuple(name, fc.string()).map(([key, value]) => file(key, 'f', value.replaceAll('XyZ', ''))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), fc.nat(6), fc.string(), async (parts, at, value) => {
        const text = value.replaceAll('XyZ', '');
        const withModel = (model: string): Buffer =>
          form(...parts.slice(0, at), field('model', model), ...parts.slice(at));
        const spliced = spliceFields(withModel('old'), TYPE, { model: text });
        expect(spliced.equals(withModel(text))).toBe(true);
        expect((await readForm(spliced, TYPE))['model']).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
