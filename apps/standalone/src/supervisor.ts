import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../start/step.mjs';
import type { App } from './app.js';
import { openAppLog } from './app-log.js';
import { type AppProcess, runApp } from './app-process.js';

/** An app that could not start, or died too often. `message` is one line. */
export class AppFailed extends Error {
  override readonly name = 'AppFailed';
}

/** Disposing of it stops the apps one after another, in the order given. */
export interface Supervisor extends AsyncDisposable {
  /** Resolves when all apps are ready; rejects with AppFailed when one exits before. */
  readonly ready: Promise<void>;
  /** Rejects with AppFailed when an app dies more often than it is restarted; never resolves. */
  readonly failure: Promise<never>;
}

export interface SupervisorOptions {
  readonly dataDir: string;
  /** How long one app may take to stop before it is killed. */
  readonly patienceMs: number;
  /** Wait before the first restart; doubles with each death in a row. Default 500 ms. */
  readonly backoffMs?: number;
}

const DEATHS_MAX = 5;
const BACKOFF_MS_MAX = 10_000;
/** An app that lived this long is healthy again: its next death counts as the first. */
const HEALTHY_MS = 60_000;

/** Runs the apps side by side and brings back one that dies. */
export function supervise(apps: readonly App[], options: SupervisorOptions): Supervisor {
  const stopping = new AbortController();
  const kept = apps.map((app) => keepRunning(app, options, stopping.signal));
  const failure = Promise.race(kept.map(({ failure }) => failure));
  // Whoever starts may be waiting for `ready` only.
  failure.catch(() => {});
  return {
    ready: Promise.race([Promise.all(kept.map(({ ready }) => ready)).then(() => {}), failure]),
    failure,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      for (const { stop } of kept) await stop();
    },
  };
}

interface Kept {
  readonly ready: Promise<void>;
  readonly failure: Promise<never>;
  stop(): Promise<void>;
}

function keepRunning(app: App, options: SupervisorOptions, stopping: AbortSignal): Kept {
  const log = openAppLog(options.dataDir, app.name);
  let current: AppProcess = runApp(app, log);
  const ready = current.ready;

  async function watch(): Promise<never> {
    let everReady = false;
    void ready.then(() => {
      everReady = true;
    });
    let deaths = 0;
    for (;;) {
      const since = performance.now();
      const how = await current.exit;
      if (stopping.aborted) return forever();
      if (!everReady) throw new AppFailed(`The ${app.name} did not start: ${log.lastWords() || how}`);
      deaths = performance.now() - since > HEALTHY_MS ? 1 : deaths + 1;
      if (deaths > DEATHS_MAX)
        throw new AppFailed(`The ${app.name} died ${deaths} times in a row (${how}): see logs/${app.name}.log`);
      const pauseMs = Math.min((options.backoffMs ?? 500) * 2 ** (deaths - 1), BACKOFF_MS_MAX);
      say(`The ${app.name} died (${how}); starting it again in ${pauseMs / 1000} s.`);
      await delay(pauseMs, undefined, { signal: stopping }).catch(() => {});
      if (stopping.aborted) return forever();
      current = runApp(app, log);
    }
  }

  return { ready, failure: watch(), stop: () => current.stop(options.patienceMs) };
}

const forever = (): Promise<never> => new Promise(() => {});
