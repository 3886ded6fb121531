import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from './app.js';
import type { AppLog } from './app-log.js';

/** One run of an app, from fork to exit. */
export interface AppProcess {
  /** Resolves when the app says or shows that it is ready; never when it exits before. */
  readonly ready: Promise<void>;
  /** How it ended, e.g. `exit code 1`. */
  readonly exit: Promise<string>;
  /** Asks it to finish and, after `patienceMs`, kills it. Resolves when it is gone. */
  stop(patienceMs: number): Promise<void>;
}

const POLL_MS = 100;

/**
 * Forks an app with an IPC channel: it sends `{ type: 'ready' }` when it listens, and exits when the channel closes, which
 * happens whatever ends us. It leads its own process group, so that Ctrl-C in the terminal reaches only us and the apps
 * stop in order.
 */
export function runApp(app: App, log: AppLog): AppProcess {
  const child = fork(app.main, [], {
    env: app.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    execArgv: [],
  });
  if (child.stdout) log.follow(child.stdout);
  if (child.stderr) log.follow(child.stderr);
  const exit = new Promise<string>((resolve) => {
    child.on('error', (cause) => resolve(cause.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { ready: becomesReady(app, child), exit, stop: (patienceMs) => stop(child, exit, patienceMs) };
}

function becomesReady(app: App, child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message: { type?: string }) => {
      if (message.type === 'ready') resolve();
    });
    void pollUntilReady(app, child).then((ready) => {
      if (ready) resolve();
    });
  });
}

/** For an app that does not say that it is ready. False when it is gone. */
async function pollUntilReady(app: App, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await answers(app.readyUrl)) return true;
    await delay(POLL_MS);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess, exit: Promise<string>, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exit;
  clearTimeout(impatience);
  if (child.stdout && !child.stdout.readableEnded) await once(child.stdout, 'close');
}
