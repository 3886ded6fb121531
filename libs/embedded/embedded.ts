import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedError } from './embedded-error.js';
import { startGuard } from './guard.js';
import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';

export interface EmbeddedOptions {
  /** Everything the servers keep is below it; created when missing. */
  readonly dataDir: string;
  readonly postgres: boolean;
  readonly redis: boolean;
  /** Told one line for each thing that may take over a second. */
  readonly onProgress?: (line: string) => void;
  /** Where binaries are kept; default `<dataDir>/runtime`. */
  readonly runtimeDir?: string;
  /** False: Postgres flushes nothing to disk. For tests; default true. */
  readonly durable?: boolean;
  /** The data directory is removed when the servers have stopped, whatever stopped them. Default false. */
  readonly temporary?: boolean;
}

export interface Embedded extends AsyncDisposable {
  /** Of the database `tollgate`, as its superuser; null when Postgres was not asked for. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** Stops the servers, orderly; they also stop when this process ends in any way. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded servers of a data directory on free ports of 127.0.0.1. They live exactly as long as this process
 * (see guardian.mjs); what an earlier process left running is stopped first. Throws EmbeddedError, one line each.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  const onProgress = options.onProgress ?? (() => {});
  makeDirectories(dataDir);
  const guard = await startGuard(join(dataDir, 'guardian.pid'), options.temporary === true ? [dataDir] : []);
  const runtimeDir = options.runtimeDir ?? join(dataDir, 'runtime');
  try {
    mkdirSync(runtimeDir, { recursive: true, mode: 0o755 });
    const durable = options.durable ?? true;
    const databaseUrl = options.postgres ? await startPostgres({ dataDir, runtimeDir, durable }, guard) : null;
    const redisUrl = options.redis ? await startRedis({ dataDir, runtimeDir, onProgress }, guard) : null;
    return { databaseUrl, redisUrl, stop: guard.stop, [Symbol.asyncDispose]: guard.stop };
  } catch (cause) {
    await guard.stop();
    throw cause;
  }
}

function makeDirectories(dataDir: string): void {
  try {
    // Others may pass, because Postgres under root runs as another user; what is inside is closed one by one.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbeddedError(`The data directory ${dataDir} cannot be used: ${reason}`, { cause });
  }
}
