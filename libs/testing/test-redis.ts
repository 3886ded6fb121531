import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { freePort } from '#libs/embedded';

export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  /** The server's process id: for tests that pause or kill it. */
  readonly pid: number;
  /** Stops the server and removes its directory. */
  stop(): Promise<void>;
}

export interface TestRedisOptions {
  /** Default: a free one. Given: for tests that bring a server back at the same address. */
  readonly port?: number;
  /** More for the server's command line, e.g. `--cluster-enabled`, `yes`. */
  readonly serverArguments?: readonly string[];
}

/**
 * A private Redis server, empty, on loopback; its data is lost when it stops. The shell around it waits on a pipe that
 * we hold: when this process ends, in whatever way, the pipe closes, the server stops and its directory goes.
 */
export async function testRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const { file, env } = inject('redisRuntime');
  const port = options.port ?? (await freePort());
  const directory = mkdtempSync(join(tmpdir(), 'tollgate-redis-'));
  const shell = spawn(
    '/bin/sh',
    ['-c', KEEPER, 'keeper', file, String(port), directory, ...(options.serverArguments ?? [])],
    {
      detached: true,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const pid = await ready(shell);
  const stop = async (): Promise<void> => {
    if (shell.exitCode !== null) return;
    const exit = once(shell, 'exit');
    shell.stdin?.end();
    await exit;
  };
  return { url: `redis://127.0.0.1:${port}`, pid, stop, [Symbol.asyncDispose]: stop };
}

/** Arguments: server program, port, directory, more for the server. Prints the server's process id, then what the server logs. */
const KEEPER = `
  program="$1" port="$2" directory="$3"
  shift 3
  "$program" --bind 127.0.0.1 --port "$port" --dir "$directory" --save "" --appendonly no --daemonize no "$@" </dev/null &
  server=$!
  echo "pid $server"
  cat >/dev/null
  kill -KILL $server 2>/dev/null
  wait $server 2>/dev/null
  rm -rf "$directory"
`;

/** The server's process id, once it takes connections. */
async function ready(shell: ChildProcess): Promise<number> {
  if (shell.stdout === null) throw new Error('the keeper has no output');
  let pid = 0;
  const seen: string[] = [];
  for await (const line of createInterface({ input: shell.stdout })) {
    seen.push(line);
    pid ||= Number(/^pid (\d+)$/.exec(line)?.[1] ?? 0);
    if (!line.includes('Ready to accept connections')) continue;
    shell.stdout.resume();
    return pid;
  }
  throw new Error(`redis-server did not start: ${seen.slice(-3).join(' | ')}`);
}
