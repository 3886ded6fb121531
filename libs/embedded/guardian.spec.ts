import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, readPid, waitForExit } from './leftover.js';
import { retryUntil } from './retry-until.js';

const PARENT = fileURLToPath(new URL('./__fixtures__/doomed-parent.mjs', import.meta.url));

describe('guardian', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tollgate-guardian-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** A parent, its guardian and a service that writes its pid and then sleeps through SIGTERM if it is stubborn. */
  async function family(stubborn: 'stubborn' | 'obedient') {
    const pidFile = join(directory, 'guardian.pid');
    const servicePid = join(directory, 'service.pid');
    const trap = stubborn === 'stubborn' ? "trap '' TERM; " : '';
    const service = {
      name: 'service',
      file: '/bin/sh',
      args: ['-c', `${trap}echo $$ > "${servicePid}"; while :; do sleep 0.05; done`],
      cwd: '/',
      env: { PATH: process.env['PATH'] },
      logFile: join(directory, 'service.log'),
      stopSignal: 'SIGTERM',
      patienceMs: 300,
    };
    const parent = spawn(process.execPath, [PARENT, pidFile, JSON.stringify(service)], { stdio: 'ignore' });
    const running = async (): Promise<number> => {
      const pid = readPid(servicePid);
      if (pid === null) throw new Error('the service has not started');
      return pid;
    };
    await retryUntil(10_000, new AbortController().signal, async () => void (await running()));
    return { parent, pidFile, servicePid, guardian: readPid(pidFile) ?? 0, service: await running() };
  }

  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const)
    it(`its services stop when the parent is ended by ${signal}`, async () => {
      const { parent, guardian, service, pidFile } = await family('obedient');
      parent.kill(signal);
      expect(await waitForExit(service, 5000)).toBe(true);
      expect(await waitForExit(guardian, 5000)).toBe(true);
      expect(existsSync(pidFile)).toBe(false);
    });

  it('a service that ignores its signal is killed', async () => {
    const { parent, service } = await family('stubborn');
    parent.kill('SIGKILL');
    expect(await waitForExit(service, 5000)).toBe(true);
  });

  it('a service that dies while it is wanted comes back', async () => {
    const { parent, guardian, service, servicePid } = await family('obedient');
    rmSync(servicePid);
    process.kill(service, 'SIGKILL');
    await retryUntil(10_000, new AbortController().signal, async () => {
      if (readPid(servicePid) === null) throw new Error('not back yet');
    });
    expect(readPid(servicePid)).not.toBe(service);
    parent.kill('SIGKILL');
    expect(await waitForExit(guardian, 5000)).toBe(true);
  });

  it('the guardian is out of reach of Ctrl-C: it leads a session of its own', async () => {
    const { parent, guardian } = await family('obedient');
    process.kill(-guardian, 0);
    expect(isAlive(guardian)).toBe(true);
    const exit = once(parent, 'exit');
    parent.kill('SIGKILL');
    await exit;
    expect(await waitForExit(guardian, 5000)).toBe(true);
  });
});
