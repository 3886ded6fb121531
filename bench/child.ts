import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A process under measurement, on a core of its own where the machine has `taskset`. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** CPU that the process has used so far, microseconds, by the kernel's account (10 ms steps). */
  cpuMicros(): number;
  /** Resident memory, bytes. */
  residentBytes(): number;
  /** Asks the process to end by itself, and waits for that. */
  stop(): Promise<void>;
}

const TICKS_PER_SECOND = 100;

/** Starts a Node program that says `{ type: 'ready', port }` over IPC. `core`: which one to stay on. */
export async function startChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  core: number,
  execArgv: readonly string[] = [],
): Promise<Child> {
  const child = fork(file, [...args], {
    execArgv: [...execArgv],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const pid = child.pid as number;
  pin(pid, core);
  const port = await readyPort(child);
  return {
    pid,
    port,
    cpuMicros: () => cpuMicros(pid),
    residentBytes: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    stop: () => end(child, 'SIGTERM'),
    [Symbol.asyncDispose]: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** What the process says on stderr is only of interest when it ends before it is ready. */
async function readyPort(child: ChildProcess): Promise<number> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-2_000);
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`a process under measurement ended before it was ready: ${said}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ type?: string; port?: number }];
    if (message.type === 'ready' && message.port) return message.port;
  }
}

/** Keeps a process, and those that it starts from now on, on one core. */
export function pin(pid: number, core: number): void {
  const taskset = spawn('taskset', ['-apc', String(core), String(pid)], { stdio: 'ignore' });
  // Not on Linux, or no taskset: then the figures are noisier, and not wrong.
  taskset.on('error', () => {});
}

/** utime + stime of /proc/<pid>/stat: fields 14 and 15, counted after the command, which may contain spaces. */
function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
}
