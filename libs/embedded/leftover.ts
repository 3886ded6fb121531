import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/** Whether a process of this id exists. A zombie does; so does one that belongs to somebody else. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/** Command line of a process, '' when it is gone or is a zombie. /proc first: small containers have no `ps`. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** First line of a pid file as a process id; null when there is no such file or no number in it. */
export function readPid(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Resolves with true when the process is gone, with false after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; commandLine(pid) !== ''; waitedMs += POLL_MS) {
    if (waitedMs >= timeoutMs) return false;
    await delay(POLL_MS);
  }
  return true;
}

export interface Leftover {
  readonly pidFile: string;
  /** Text that the command line of our process contains: a process id may have been given to a stranger since. */
  readonly mark: string;
  readonly signal: NodeJS.Signals;
  /** How long it may take to stop before it is killed. */
  readonly patienceMs: number;
}

/**
 * Stops a server that outlived everything that should have stopped it (its guardian was killed too). Returns whether
 * there was one.
 */
export async function stopLeftover({ pidFile, mark, signal, patienceMs }: Leftover): Promise<boolean> {
  const pid = readPid(pidFile);
  if (pid === null || !commandLine(pid).includes(mark)) return false;
  process.kill(pid, signal);
  if (await waitForExit(pid, patienceMs)) return true;
  process.kill(pid, 'SIGKILL');
  await waitForExit(pid, patienceMs);
  return true;
}
