import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App, AppName } from './app.js';
import { supervise } from './supervisor.js';

const MAIN = fileURLToPath(new URL('./__fixtures__/app.mjs', import.meta.url));

describe('supervisor', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tollgate-supervisor-'));
    mkdirSync(join(dataDir, 'logs'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const app = (name: AppName, behaviour: string): App => ({
    name,
    main: MAIN,
    env: { NAME: name, BEHAVIOUR: behaviour, JOURNAL: join(dataDir, 'journal') },
    readyUrl: 'http://127.0.0.1:9/health/ready',
  });
  const start = (apps: App[], patienceMs = 5000) => supervise(apps, { dataDir, patienceMs, backoffMs: 1 });
  const journal = (): string[] => readFileSync(join(dataDir, 'journal'), 'utf8').trim().split('\n');
  const runs = (): number[] => journal().flatMap((line) => Number(/runs (\d+)/.exec(line)?.[1] ?? 0) || []);

  it('apps stop one after another in the order given', async () => {
    const supervisor = start([app('gateway', 'good'), app('admin', 'good'), app('worker', 'good')]);
    await supervisor.ready;
    await supervisor[Symbol.asyncDispose]();
    expect(journal().filter((line) => line.endsWith('stops'))).toEqual([
      'gateway stops',
      'admin stops',
      'worker stops',
    ]);
  });

  it('an app that dies is started again', async () => {
    await using supervisor = start([app('worker', 'good')]);
    await supervisor.ready;
    process.kill(runs()[0] ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(runs()).toHaveLength(2), { timeout: 10_000 });
  });

  it('an app that dies over and over ends everything, with one line that names it', async () => {
    await using supervisor = start([app('gateway', 'good'), app('worker', 'short-lived')]);
    await expect(supervisor.failure).rejects.toThrow(
      /^The worker died 6 times in a row \(exit code 3\): see logs\/worker.log$/,
    );
    expect(runs()).toHaveLength(7);
  });

  it('an app that cannot start is not tried again; its own last words are the reason', async () => {
    await using supervisor = start([app('gateway', 'good'), app('admin', 'cannot start')]);
    await expect(supervisor.ready).rejects.toThrow(/^The admin did not start: admin: THE_PORT is wrong$/);
  });

  it('an app that ignores being asked is killed after its patience', async () => {
    const supervisor = start([app('gateway', 'stubborn')], 100);
    await supervisor.ready;
    await supervisor[Symbol.asyncDispose]();
    expect(() => process.kill(runs()[0] ?? 0, 0)).toThrow(/ESRCH/);
  });

  it('what an app writes is in its log file', async () => {
    await using supervisor = start([app('admin', 'cannot start')]);
    await supervisor.ready.catch(() => {});
    await vi.waitFor(() =>
      expect(readFileSync(join(dataDir, 'logs/admin.log'), 'utf8')).toContain('THE_PORT is wrong'),
    );
  });
});
