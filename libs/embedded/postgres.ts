import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { didNotStart, EmbeddedError, tail } from './embedded-error.js';
import { freePort } from './free-port.js';
import type { Guard } from './guard.js';
import { stopLeftover } from './leftover.js';
import { postgresRuntime } from './postgres-runtime.js';
import { retryUntil } from './retry-until.js';
import { run } from './run.js';
import { secretFile } from './secret-file.js';
import { ownerIds, type ServiceUser, serviceUser } from './service-user.js';

const SUPERUSER = 'tollgate';
const DATABASE = 'tollgate';
/** Crash recovery replays the log written since the last checkpoint; 11 s were seen on a slow disk. */
const READY_MS = 120_000;
const STOP_MS = 30_000;
/** SQLSTATE of a refused password. */
const WRONG_PASSWORD = '28P01';

export interface PostgresOptions {
  readonly dataDir: string;
  /** Where the private copy of the binaries is kept. */
  readonly runtimeDir: string;
  /** False: nothing is flushed to disk. For tests, whose data may be lost. */
  readonly durable: boolean;
}

/** Starts Postgres on `<dataDir>/postgres` under the guard; returns the URL of the database `tollgate`. */
export async function startPostgres(options: PostgresOptions, guard: Guard): Promise<string> {
  const cluster = join(options.dataDir, 'postgres');
  const runtime = postgresRuntime(options.runtimeDir);
  const user = serviceUser(options.dataDir);
  const password = secretFile(join(options.dataDir, 'postgres.password'));
  if (!existsSync(cluster)) await initialize({ cluster, runtime, user, password, durable: options.durable });
  await stopLeftover({
    pidFile: join(cluster, 'postmaster.pid'),
    mark: cluster,
    signal: 'SIGINT',
    patienceMs: STOP_MS,
  });

  const port = await freePort();
  const logFile = join(options.dataDir, 'logs', 'postgres.log');
  const [file = '', ...args] = [...user.prefix, join(runtime, 'bin/postgres'), '-D', cluster];
  guard.start({
    name: 'postgres',
    file,
    args: [
      ...args,
      ...settings({ listen_addresses: '127.0.0.1', port, unix_socket_directories: '', ...pace(options) }),
    ],
    cwd: '/',
    env: environment(),
    ...ids(user),
    logFile,
    stopSignal: 'SIGINT',
    patienceMs: STOP_MS,
  });
  const url = (database: string): string => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  try {
    await guard.whileStarting('postgres', (signal) =>
      retryUntil(READY_MS, signal, () => ensureDatabase(url('postgres'))),
    );
  } catch (cause) {
    throw didNotStart('Postgres', logFile, cause);
  }
  return url(DATABASE);
}

/** A new cluster, complete or not there: initdb works on a draft that is renamed when it is done. */
async function initialize(cluster: {
  readonly cluster: string;
  readonly runtime: string;
  readonly user: ServiceUser;
  readonly password: string;
  readonly durable: boolean;
}): Promise<void> {
  const draft = `${cluster.cluster}.new`;
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  const owner = ownerIds();
  if (owner !== null) for (const path of [draft, passwordFile]) chownSync(path, owner.uid, owner.gid);

  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const command = [join(cluster.runtime, 'bin/initdb'), '-D', draft, ...access, ...locale, '--no-instructions'];
  if (!cluster.durable) command.push('--no-sync');
  const [file = '', ...args] = [...cluster.user.prefix, ...command];
  const { code, output } = await run(file, args, { cwd: '/', env: environment(), ...ids(cluster.user) });
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw new EmbeddedError(`Embedded Postgres could not be initialized: ${tail(output)}`);
  renameSync(draft, cluster.cluster);
}

/** Resolves when the server answers and has the database. */
async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (cause) {
    if (cause instanceof pg.DatabaseError && cause.code === WRONG_PASSWORD)
      throw new EmbeddedError('its password is not the one in postgres.password of the data directory', { cause });
    throw cause;
  } finally {
    await client.end();
  }
}

function pace({ durable }: PostgresOptions): Record<string, string> {
  return durable ? {} : { fsync: 'off', full_page_writes: 'off' };
}

const settings = (values: Record<string, string | number>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' });

const ids = ({ uid, gid }: ServiceUser): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid };
