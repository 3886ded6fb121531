import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lacks } from '../start/dependencies.mjs';
import { checkNodeVersion } from '../start/node-version.mjs';
import { fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { ROOT } from './project.mjs';

describe('unlessUnchanged', () => {
  const directory = 'node_modules/.cache/tollgate/build-spec';
  const file = `${directory}/source`;
  const stamp = `${directory}/stamp`;
  let made = 0;
  const make = async () => {
    made += 1;
  };
  beforeEach(() => {
    made = 0;
    mkdirSync(join(ROOT, directory), { recursive: true });
    writeFileSync(join(ROOT, file), 'one');
  });
  afterEach(() => rmSync(join(ROOT, directory), { recursive: true, force: true }));

  it('makes once, and again after a file changed or went', async () => {
    await unlessUnchanged(stamp, fingerprint([file]), make);
    await unlessUnchanged(stamp, fingerprint([file]), make);
    expect(made).toBe(1);
    writeFileSync(join(ROOT, file), 'another');
    await unlessUnchanged(stamp, fingerprint([file]), make);
    expect(made).toBe(2);
    await unlessUnchanged(stamp, fingerprint([]), make);
    expect(made).toBe(3);
  });

  it('a step that failed is taken again', async () => {
    const failing = () => Promise.reject(new Error('tsc found errors'));
    await expect(unlessUnchanged(stamp, 'same', failing)).rejects.toThrow('tsc found errors');
    expect(existsSync(join(ROOT, stamp))).toBe(false);
    await unlessUnchanged(stamp, 'same', make);
    expect(made).toBe(1);
  });
});

describe('dependencies', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/mac': { version: '1.0.0', optional: true },
  };

  it('are installed when nothing is, when one is missing and when one has another version', () => {
    expect(lacks(wanted, null)).toBe(true);
    expect(lacks(wanted, {})).toBe(true);
    expect(lacks(wanted, { 'node_modules/a': { version: '2.0.0' } })).toBe(true);
  });

  it('are left alone when only an optional one of another platform is missing', () => {
    expect(lacks(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(false);
  });
});

describe('the version of Node', () => {
  it('is refused in one line when it is too old, and taken when it is new enough', () => {
    expect(() => checkNodeVersion('18.20.4')).toThrow(/^Node 18\.20\.4 is too old: Tollgate needs 20\.19 or newer/);
    expect(() => checkNodeVersion('20.18.9')).toThrow(/too old/);
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0'])
      expect(() => checkNodeVersion(version)).not.toThrow();
  });
});
