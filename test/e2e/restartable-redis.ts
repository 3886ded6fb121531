import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#libs/embedded';
import { type TestRedis, testRedis } from '#libs/testing';

/** A Redis that may be killed and comes back at its address, with its data: every write is on disk before it is answered. */
export interface RestartableRedis {
  readonly url: string;
  pid(): number;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Kills it and throws its data away. */
  killAndEmpty(): Promise<void>;
  /** Starts it, unless it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function restartableRedis(): Promise<RestartableRedis> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'tollgate-redis-'));
  const serverArguments = ['--dir', directory, '--appendonly', 'yes', '--appendfsync', 'always'];
  let server: TestRedis | null = await testRedis({ port, serverArguments });
  const kill = async (): Promise<void> => {
    if (server === null) return;
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    server = null;
  };
  return {
    url: server.url,
    pid: () => server?.pid ?? 0,
    kill,
    killAndEmpty: async () => {
      await kill();
      await rm(join(directory, 'appendonlydir'), { recursive: true, force: true });
    },
    start: async () => {
      server ??= await testRedis({ port, serverArguments });
    },
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
