import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newDataDir, readCredentials, removeDataDir, startStandalone } from './standalone.js';

const START_MS = 120_000;

/** Process ids whose command line or environment names the data directory: everything that a start has left running. */
function processesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['cmdline', 'environ'].some((file) => read(`/proc/${pid}/${file}`).includes(dataDir)))
    .map(Number);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe.runIf(process.platform === 'linux')('npm start', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = newDataDir();
  });
  afterAll(() => removeDataDir(dataDir));

  it('a first start ends in a banner whose curl works, and in credentials closed to others', {
    timeout: START_MS,
  }, async () => {
    const tollgate = startStandalone(dataDir);
    await tollgate.ready;
    const script = /^TOKEN=[\s\S]*?(?=\n\n)/m.exec(tollgate.output())?.[0] ?? '';
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script]);
    expect(JSON.parse(stdout)).toMatchObject({ object: 'chat.completion', choices: [{ finish_reason: 'stop' }] });
    expect(statSync(join(dataDir, 'credentials.json')).mode & 0o777).toBe(0o600);
    expect(readCredentials(dataDir).demo).toMatchObject({
      organization: 'demo',
      team: 'engineering',
      service: 'demo-app',
    });
    tollgate.process.kill('SIGINT');
    expect(await tollgate.exit).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('a second start keeps what the first made, and kill -9 of it leaves no process', {
    timeout: START_MS,
  }, async () => {
    const before = readCredentials(dataDir);
    const tollgate = startStandalone(dataDir);
    await tollgate.ready;
    const after = readCredentials(dataDir);
    expect([after.adminClient, after.demo]).toEqual([before.adminClient, before.demo]);
    tollgate.process.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), { timeout: 30_000, interval: 100 });
  });

  it('after kill -9 of every process it starts again', { timeout: START_MS }, async () => {
    const killed = startStandalone(dataDir);
    await killed.ready;
    for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
    await killed.exit;
    const tollgate = startStandalone(dataDir);
    await tollgate.ready;
    tollgate.process.kill('SIGTERM');
    expect(await tollgate.exit).toBe(0);
  });

  it('a wrong master key ends in one line and a non-zero exit', { timeout: START_MS }, async () => {
    const key = join(dataDir, 'master.key');
    const right = readFileSync(key, 'utf8');
    writeFileSync(key, Buffer.alloc(32, 1).toString('base64'));
    const tollgate = startStandalone(dataDir);
    expect(await tollgate.exit).not.toBe(0);
    expect(tollgate.output()).toMatch(/^tollgate: .*TOLLGATE_MASTER_KEY.*$/m);
    writeFileSync(key, right);
    await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), { timeout: 30_000, interval: 100 });
  });

  it('a taken port and an unreachable database are one line each', { timeout: START_MS }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const taken = startStandalone(dataDir, { GATEWAY_PORT: String(port) });
    expect(await taken.exit).toBe(1);
    expect(taken.output()).toBe(
      `tollgate: GATEWAY_PORT ${port} is taken by another process: stop it, or set GATEWAY_PORT to another port.\n`,
    );
    await new Promise((resolve) => server.close(resolve));
    const away = startStandalone(dataDir, { DATABASE_URL: `postgresql://someone:hidden@127.0.0.1:${port}/tollgate` });
    expect(await away.exit).toBe(1);
    expect(away.output()).toMatch(
      /^tollgate: The database at 127\.0\.0\.1:\d+\/tollgate cannot be reached: connect ECONN/m,
    );
    expect(away.output()).not.toContain('hidden');
  });
});
