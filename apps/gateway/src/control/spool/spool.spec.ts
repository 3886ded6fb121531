import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { createLogger } from '#libs/telemetry';
import { usageEvent } from '#libs/testing';
import { Spool, Undeliverable } from './spool.js';
import type { SpoolEntry } from './spool-entry.js';

let directory: string;
let spool: Spool;
const log = createLogger('spec', 'silent');
const open = (bytesMax = 1_000_000): Spool => new Spool({ directory, bytesMax, log });
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-spool-'));
  spool = open();
});
afterEach(async () => {
  await spool.close();
  await rm(directory, { recursive: true, force: true });
});

const entry = (name: string): SpoolEntry => ({
  kind: 'event',
  event: usageEvent({ organizationId: 'org', requestId: name }),
});
const nameOf = (it: SpoolEntry): string => (it.kind === 'event' ? it.event.requestId : it.ticket.callId);
async function drained(from = spool): Promise<string[]> {
  const names: string[] = [];
  await from.drain(async (it) => void names.push(nameOf(it)));
  return names;
}

describe('the spool', () => {
  it('has what it took on disk, gives it back in order, once, and leaves nothing behind', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `call-${index}`);
    for (const name of names.slice(0, 3)) await spool.append(entry(name));
    await Promise.all(names.slice(3).map((name) => spool.append(entry(name))));
    expect(spool.entries).toBe(250);
    const [file = ''] = await readdir(directory);
    expect((await readFile(join(directory, file), 'utf8')).split('\n')).toHaveLength(251);
    expect(await drained()).toEqual(names);
    expect(await drained()).toEqual([]);
    expect([spool.entries, spool.bytes, await readdir(directory)]).toEqual([0, 0, []]);
  });

  it('keeps everything when delivery breaks off, and takes more meanwhile', async () => {
    for (const name of ['a', 'b', 'c']) await spool.append(entry(name));
    await expect(
      spool.drain(async (it) => {
        await spool.append(entry(`during-${nameOf(it)}`));
        if (nameOf(it) === 'b') throw new Error('away');
      }),
    ).rejects.toThrow('away');
    expect(new Set(await drained())).toEqual(new Set(['a', 'b', 'c', 'during-a', 'during-b']));
    expect(spool.entries).toBe(0);
  });

  it('sets aside what will never be taken and goes on with the rest', async () => {
    for (const name of ['a', 'poison', 'c']) await spool.append(entry(name));
    const names: string[] = [];
    await spool.drain(async (it) => {
      if (nameOf(it) === 'poison') throw new Undeliverable('WRONGTYPE');
      names.push(nameOf(it));
    });
    expect(names).toEqual(['a', 'c']);
    expect(await readFile(join(directory, 'undeliverable.txt'), 'utf8')).toContain('"reason":"WRONGTYPE"');
  });

  it('is full at its bound, and still takes what running calls bring', async () => {
    const small = open(10);
    expect(small.full).toBe(false);
    await small.append(entry('a'));
    expect(small.full).toBe(true);
    await small.append(entry('b'));
    expect(await drained(small)).toEqual(['a', 'b']);
    expect(small.full).toBe(false);
    await small.close();
  });

  it('says so when the disk does not take an entry', async () => {
    await rm(directory, { recursive: true });
    await writeFile(directory, 'a file');
    await expect(spool.append(entry('a'))).rejects.toThrow();
    await rm(directory);
    await spool.append(entry('b'));
    expect(await drained()).toEqual(['b']);
  });
});

describe('files of other processes', () => {
  const host = hostname().replaceAll(/[^\w-]/g, '-');
  async function leave(name: string, lines: readonly string[]): Promise<string> {
    const path = join(directory, name);
    await writeFile(path, lines.join(''));
    return path;
  }
  const line = (name: string): string => `${JSON.stringify(entry(name))}\n`;
  async function deadPid(): Promise<number> {
    const child = spawn('true');
    await once(child, 'exit');
    return child.pid as number;
  }

  it('are replayed when the process is dead, oldest first, without a line that was cut off', async () => {
    const pid = await deadPid();
    await leave(`${uuidv7()}.${host}.${pid}.jsonl`, [line('first'), line('cut').slice(0, 40)]);
    await leave(`${uuidv7()}.${host}.${pid}.jsonl`, [line('second')]);
    await spool.append(entry('mine'));
    expect(await drained()).toEqual(['first', 'second', 'mine']);
    expect(await readdir(directory)).toEqual([]);
  });

  it('are left alone while the process lives, and on other machines while it says that it does', async () => {
    const living = await leave(`${uuidv7()}.${host}.${process.ppid}.jsonl`, [line('living')]);
    const elsewhere = await leave(`${uuidv7()}.elsewhere.1.jsonl`, [line('elsewhere')]);
    expect(await drained()).toEqual([]);
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(elsewhere, longAgo, longAgo);
    expect(await drained()).toEqual(['elsewhere']);
    expect(await readdir(directory)).toEqual([living.slice(directory.length + 1)]);
  });

  it('are taken by one of those that look, and in a container also from a predecessor with the same pid', async () => {
    const pid = await deadPid();
    for (let file = 0; file < 20; file++)
      await leave(`${uuidv7()}.${host}.${file % 2 ? pid : process.pid}.jsonl`, [line(`file-${file}`)]);
    const names = await drained();
    expect(names).toHaveLength(20);
    expect(new Set(names).size).toBe(20);
  });

  it('go to somebody else when they vanish while we claim them', async () => {
    const pid = await deadPid();
    const path = await leave(`${uuidv7()}.${host}.${pid}.jsonl`, [line('theirs')]);
    await rename(path, `${path}.taken`);
    expect(await drained()).toEqual([]);
  });
});
