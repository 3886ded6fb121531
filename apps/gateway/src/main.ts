import 'reflect-metadata';
import cluster from 'node:cluster';
import { ConfigError, readConfig } from '#libs/config';
import { createLogger } from '#libs/telemetry';
import { WrongMasterKey } from '#libs/vault';
import { serve } from './serve.js';
import { superviseWorkers } from './workers/supervise-workers.js';

async function main(): Promise<void> {
  const config = readConfig(
    [
      'gatewayPort',
      'gatewayWorkers',
      'host',
      'redisUrl',
      'masterKey',
      'masterKeyNext',
      'dataDir',
      'allowPrivateUpstreams',
      'publicGatewayUrl',
      'bodyLimitBytes',
      'requestTimeoutMs',
      'otlpEndpoint',
      'callsMax',
      'loopDelayMaxMs',
      'reservationHoldMs',
      'spoolBytesMax',
      'outageGraceNanoUsd',
      'drainDelayMs',
      'drainMs',
      'trustedProxies',
      'logLevel',
    ],
    process.env,
  );
  const log = createLogger('gateway', config.logLevel);
  if (config.gatewayWorkers > 1 && cluster.isPrimary) await superviseWorkers(config.gatewayWorkers, log);
  else await serve(config, log);
}

main().catch((error: unknown) => {
  process.stderr.write(`tollgate gateway: ${explain(error)}\n`);
  process.exit(1);
});

/** One line that says what is wrong and what to change. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof WrongMasterKey)
    return 'TOLLGATE_MASTER_KEY is not the key that the stored secrets were sealed with';
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `GATEWAY_PORT is taken: ${message}`;
  return message;
}
