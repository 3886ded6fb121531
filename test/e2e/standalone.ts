import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface Credentials {
  readonly issuer: string;
  readonly gateway: string;
  readonly admin: string;
  readonly adminClient: { readonly clientId: string; readonly clientSecret: string };
  readonly demo: {
    readonly organization: string;
    readonly team: string;
    readonly service: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
}

/** What `npm start` runs after the build, as a child process with a data directory of its own and free ports. */
export interface Standalone {
  readonly process: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** Resolves when the banner is shown; rejects with what was printed when it exits before. */
  readonly ready: Promise<void>;
  /** Exit code, null when a signal ended it. */
  readonly exit: Promise<number | null>;
}

/** A data directory that finds the binaries of earlier runs; remove it with `removeDataDir`. */
export function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'tollgate-start-'));
  const cache = resolve('node_modules/.cache/tollgate');
  mkdirSync(cache, { recursive: true });
  symlinkSync(cache, join(dataDir, 'runtime'));
  return dataDir;
}

export const removeDataDir = (dataDir: string): void =>
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });

export const readCredentials = (dataDir: string): Credentials =>
  JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8')) as Credentials;

const PORTS = { GATEWAY_PORT: '0', ADMIN_PORT: '0', WORKER_PORT: '0', SIMULATOR_PORT: '0' };

/** Starts it. `env` is added to a clean environment. */
export function startStandalone(dataDir: string, env: Record<string, string> = {}): Standalone {
  const child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...PORTS, TOLLGATE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        text += `${line}\n`;
        if (line.includes('Ctrl-C stops everything')) resolve();
      });
    void exit.then((code) => reject(new Error(`exited with ${code}\n${text}`)));
  });
  ready.catch(() => {});
  return { process: child, output: () => text, ready, exit };
}
