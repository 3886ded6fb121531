import { type Config, type Environment, readConfig } from '#libs/config';

const NAMES = [
  'gatewayPort',
  'adminPort',
  'simulatorPort',
  'workerPort',
  'host',
  'dataDir',
  'publicAdminUrl',
  'issuer',
  'gatewayWorkers',
  'drainMs',
  'logLevel',
] as const;

export interface Settings extends Config<(typeof NAMES)[number]> {
  /** Null: the embedded one. */
  readonly databaseUrl: string | null;
  /** Null: the embedded one. */
  readonly redisUrl: string | null;
  /** As the apps are given it. Null: the one in the data directory. */
  readonly masterKey: string | null;
  /** As the apps are given it; empty when it is not to change. */
  readonly masterKeyNext: string;
  /** Start the simulator although real provider credentials exist. */
  readonly demo: boolean;
}

/** Reads every variable that any app will read, so that a wrong one stops the start before anything runs. Throws ConfigError. */
export function readSettings(env: Environment, args: readonly string[]): Settings {
  readConfig(['allowPrivateUpstreams', 'bodyLimitBytes', 'masterKeyNext'], env);
  if (env['TOLLGATE_MASTER_KEY']) readConfig(['masterKey'], env);
  return {
    ...readConfig(NAMES, env),
    databaseUrl: env['DATABASE_URL'] ? readConfig(['databaseUrl'], env).databaseUrl : null,
    redisUrl: env['REDIS_URL'] ? readConfig(['redisUrl'], env).redisUrl : null,
    masterKey: env['TOLLGATE_MASTER_KEY'] || null,
    masterKeyNext: env['TOLLGATE_MASTER_KEY_NEXT'] ?? '',
    demo: args.includes('--demo'),
  };
}
