import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export type AppName = 'admin' | 'gateway' | 'worker';

/** One app of the build, running as a process of its own. */
export interface AppProcess {
  readonly pid: number;
  /** The port it said it listens on. */
  readonly port: number;
  /** Everything it has written so far, standard output and error. */
  output(): string;
  /** Asks it to stop and waits; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Starts an app and waits until it says that it is ready. Rejects with what it wrote when it ends before that. */
export async function startApp(name: AppName, env: Readonly<Record<string, string>>): Promise<AppProcess> {
  const child = fork(resolve(`dist/apps/${name}/src/main.js`), [], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    // The test runner resolves libs to their source; the build must not.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let written = '';
  const keep = (chunk: Buffer): void => {
    written += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const port = await readyPort(child, () => written);
  return {
    pid: child.pid as number,
    port,
    output: () => written,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
}

async function readyPort(child: ChildProcess, written: () => string): Promise<number> {
  const ended = once(child, 'close').then(() => {
    throw new Error(written().trim() || `the process ended with ${child.exitCode}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ type?: string; port?: number }];
    if (message.type === 'ready') return message.port ?? 0;
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  return child.exitCode;
}
