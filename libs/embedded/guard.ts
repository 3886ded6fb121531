import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedError } from './embedded-error.js';
import { commandLine, waitForExit } from './leftover.js';

/** A server as the guardian runs it: in the foreground, its output appended to `logFile`. */
export interface GuardedService {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed. */
  readonly patienceMs: number;
}

/** The guardian process, seen from the process that its servers are for. */
export interface Guard {
  /** Starts a server, and again whenever it dies, until the guard stops. */
  start(service: GuardedService): void;
  /** Settles as `ready` does; aborts it and rejects when the named server has exited `START_ATTEMPTS` times before. */
  whileStarting(name: string, ready: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Stops all servers and the guardian. */
  stop(): Promise<void>;
}

const GUARDIAN = fileURLToPath(new URL('./guardian.mjs', import.meta.url));
/** Right after a kill -9 the dead server may hold its lock for about a second: then the first attempts fail. */
const START_ATTEMPTS = 6;
const FORMER_GUARDIAN_MS = 60_000;

/**
 * Starts the guardian of a data directory. One directory has one at a time: one that is still stopping servers is waited
 * for, one whose parent is alive is an EmbeddedError. `temporary` paths are removed when it ends, however it ends.
 */
export async function startGuard(pidFile: string, temporary: readonly string[] = []): Promise<Guard> {
  await waitForFormer(pidFile);
  rmSync(pidFile, { force: true });
  const child = fork(GUARDIAN, [pidFile, ...temporary], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const first = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => null)]);
  if (first === null) throw new EmbeddedError(`Another process has just started on ${dirname(pidFile)}.`);
  child.unref();
  child.channel?.unref();
  return {
    start: (service) => void child.send({ start: service }),
    whileStarting: (name, ready) => whileStarting(child, name, ready),
    stop: () => stop(child),
  };
}

async function waitForFormer(pidFile: string): Promise<void> {
  const [guardian, parent] = readPids(pidFile);
  if (guardian === undefined || !commandLine(guardian).includes(basename(GUARDIAN))) return;
  const parentLives = parent !== undefined && commandLine(parent) !== '';
  if (parentLives && !(await waitForExit(guardian, 1000)))
    throw new EmbeddedError(
      `Another Tollgate (process ${parent}) runs on this data directory: stop it, or set TOLLGATE_DATA_DIR to another one.`,
    );
  if (!(await waitForExit(guardian, FORMER_GUARDIAN_MS)))
    throw new EmbeddedError(`The servers of the former start do not stop (guardian: process ${guardian}).`);
}

function readPids(path: string): number[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

interface Report {
  readonly exited?: string;
  readonly reason?: string;
}

async function whileStarting(
  child: ChildProcess,
  name: string,
  ready: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  let exits = 0;
  const count = (report: Report): void => {
    if (report.exited === name && ++exits >= START_ATTEMPTS) abort.abort(new Error(`${name}: ${report.reason}`));
  };
  child.on('message', count);
  try {
    await ready(abort.signal);
  } finally {
    child.off('message', count);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exit = once(child, 'exit');
  if (child.connected) child.send({ stop: true });
  await exit;
}
