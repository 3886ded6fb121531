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
}

const TICKS_PER_SECOND = 100;

/** Starts a Node program that says `{ type: 'ready', port }` over IPC. `core`: which one to stay on. */
export async function startChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  core: number,
): Promise<Child> {
  const child = fork(file, [...args], {
    execArgv: [],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  pin(child, core);
  const port = await readyPort(child);
  const pid = child.pid as number;
  return {
    pid,
    port,
    cpuMicros: () => cpuMicros(pid),
    residentBytes: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function readyPort(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('a process under measurement ended before it was ready');
  });
  ended.catch(() => undefined);
  for (;;) {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ type?: string; port?: number }];
    if (message.type === 'ready' && message.port) return message.port;
  }
}

function pin(child: ChildProcess, core: number): void {
  const taskset = spawn('taskset', ['-apc', String(core), String(child.pid)], { stdio: 'ignore' });
  // Not on Linux, or no taskset: then the figures are noisier, and not wrong.
  taskset.on('error', () => {});
}

/** utime + stime of /proc/<pid>/stat: fields 14 and 15, counted after the command, which may contain spaces. */
function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
}
