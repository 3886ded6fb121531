import { setTimeout } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#libs/config';
import type { Logger } from '#libs/telemetry';
import { createApp } from './app.js';
import { type Gateway, type GatewayConfig, startGateway } from './gateway.js';
import { stopOnSignals } from './stop-on-signals.js';

export type ServeConfig = GatewayConfig &
  Config<'gatewayPort' | 'host' | 'drainDelayMs' | 'drainMs' | 'trustedProxies' | 'requestTimeoutMs'>;

/** One gateway process: takes calls until it is told to stop, and tells whoever started it when it does. */
export async function serve(config: ServeConfig, log: Logger): Promise<void> {
  const gateway = await startGateway(config, log);
  const app = await createApp(gateway, log, config);
  await app.listen(config.gatewayPort, config.host);
  const url = await app.getUrl();
  log.info({ url }, 'listening');
  process.send?.({ type: 'ready', url, port: Number(new URL(url).port) });
  stopOnSignals(() => stop(app, gateway, config, log));
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
