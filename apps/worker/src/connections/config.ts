import { type Config, readConfig } from '#libs/config';

const NAMES = [
  'workerPort',
  'host',
  'dataDir',
  'databaseUrl',
  'redisUrl',
  'masterKey',
  'masterKeyNext',
  'dataKeyDays',
  'anchorEveryMs',
  'allowPrivateUpstreams',
  'logLevel',
] as const;

export type WorkerConfig = Config<(typeof NAMES)[number]>;

/** The settings of the worker. Throws ConfigError, one line. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  return readConfig(NAMES, env);
}
