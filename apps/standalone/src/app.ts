import { fileURLToPath } from 'node:url';
import type { Ports } from './ports.js';
import type { Services } from './services.js';
import type { Settings } from './settings.js';

export type AppName = 'gateway' | 'admin' | 'worker' | 'simulator';

/** One app as a child process. */
export interface App {
  readonly name: AppName;
  /** Its compiled main file. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when the app can do its work. */
  readonly readyUrl: string;
}

export interface Surroundings {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly services: Services;
  readonly masterKey: string;
  readonly adminUrl: string;
  readonly simulator: boolean;
}

/**
 * The apps to run, in the order in which they are stopped: who takes calls first, who records them last. Each gets only
 * what it needs: the gateway no database, the simulator nothing at all.
 */
export function describeApps({ settings, ports, services, masterKey, adminUrl, simulator }: Surroundings): App[] {
  const databaseUrl = { DATABASE_URL: services.databaseUrl };
  const shared = {
    REDIS_URL: services.redisUrl,
    TOLLGATE_MASTER_KEY: masterKey,
    TOLLGATE_MASTER_KEY_NEXT: settings.masterKeyNext,
    TOLLGATE_ADMIN_URL: adminUrl,
  };
  const app = (name: AppName, port: number, env: Record<string, string>): App => ({
    name,
    main: fileURLToPath(new URL(`../../${name}/src/main.js`, import.meta.url)),
    env: { ...inherited(), TOLLGATE_DATA_DIR: settings.dataDir, [`${name.toUpperCase()}_PORT`]: String(port), ...env },
    readyUrl: `http://${settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${port}/health/ready`,
  });
  return [
    app('gateway', ports.gateway, shared),
    app('admin', ports.admin, { ...shared, ...databaseUrl }),
    app('worker', ports.worker, { ...shared, ...databaseUrl }),
    ...(simulator ? [app('simulator', ports.simulator, {})] : []),
  ];
}

/** Our environment without what is given to some apps only. Loopback upstreams are the simulator's and local models'. */
function inherited(): Record<string, string> {
  const {
    DATABASE_URL: _database,
    REDIS_URL: _redis,
    TOLLGATE_MASTER_KEY: _key,
    TOLLGATE_MASTER_KEY_NEXT: _nextKey,
    ...rest
  } = process.env;
  return { TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true', NODE_ENV: 'production', ...(rest as Record<string, string>) };
}
