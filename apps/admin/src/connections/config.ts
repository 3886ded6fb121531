import { type Config, readConfig } from '#libs/config';

const NAMES = [
  'adminPort',
  'host',
  'databaseUrl',
  'redisUrl',
  'masterKey',
  'masterKeyNext',
  'issuer',
  'publicAdminUrl',
  'gatewayPort',
  'publicGatewayUrl',
  'allowPrivateUpstreams',
  'trustedProxies',
  'dataDir',
  'logLevel',
] as const;

export type AdminConfig = Config<(typeof NAMES)[number]>;

/** The settings of the admin app. Throws ConfigError, one line. */
export function readAdminConfig(env: NodeJS.ProcessEnv): AdminConfig {
  return readConfig(NAMES, env);
}
