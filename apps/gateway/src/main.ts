import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, readConfig } from '#libs/config';
import { createLogger, type Logger } from '#libs/telemetry';
import { WrongMasterKey } from '#libs/vault';
import { createApp } from './app.js';
import { type Gateway, startGateway } from './gateway.js';

async function main(): Promise<void> {
  const config = readConfig(
    [
      'gatewayPort',
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
  const gateway = await startGateway(config, log);
  const app = await createApp(gateway, log, config);
  await app.listen(config.gatewayPort, config.host);
  const url = await app.getUrl();
  log.info({ url }, 'listening');
  process.send?.({ type: 'ready', url, port: Number(new URL(url).port) });
  stopOn(['SIGTERM', 'SIGINT'], () => stop(app, gateway, config, log));
  // Started by a parent: without it, nobody would ever stop us.
  if (process.send) process.once('disconnect', () => void stop(app, gateway, { drainDelayMs: 0, drainMs: 0 }, log));
}

/** Not ready; no new calls once load balancers know; running ones finish within the grace period; then a clean end. */
async function stop(
  app: NestFastifyApplication,
  gateway: Gateway,
  { drainDelayMs, drainMs }: { readonly drainDelayMs: number; readonly drainMs: number },
  log: Logger,
): Promise<void> {
  gateway.health.drain();
  log.info('draining');
  await setTimeout(drainDelayMs);
  const closed = app.close();
  await Promise.race([gateway.calls.drained(drainMs).then(() => closed), setTimeout(drainMs)]);
  await gateway.close();
  process.exit(0);
}

function stopOn(signals: readonly NodeJS.Signals[], stopping: () => Promise<void>): void {
  let begun = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (begun) return;
      begun = true;
      void stopping();
    });
  }
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
