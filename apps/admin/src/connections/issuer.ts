import type { DynamicModule } from '@nestjs/common';
import type { Logger } from '#libs/telemetry';
import { ISSUER_PATH, IssuerModule } from '../issuer/index.js';
import type { AdminConfig } from './config.js';
import type { Connections } from './connections.js';

const REPEAT_AFTER_MS = 60_000;

/** The built-in issuer on what was opened at start. */
export function issuerModule({ config, logger, clock, database, redis, masterKey }: Connections): DynamicModule {
  const onError = atMostOncePerMinute(logger);
  const parts = { prisma: database.prisma, redis, masterKey, clock, url: issuerUrl(config), onError };
  return IssuerModule.register({ useFactory: () => parts });
}

function issuerUrl({ publicAdminUrl, adminPort }: AdminConfig): string {
  return `${publicAdminUrl ?? `http://localhost:${adminPort}`}${ISSUER_PATH}`;
}

/** The issuer tells of an outage every second; the log needs the same line only once a minute. */
function atMostOncePerMinute(logger: Logger): (error: unknown) => void {
  let last = { message: '', at: 0 };
  return (error) => {
    const message = error instanceof Error ? error.message : String(error);
    const at = performance.now();
    if (message === last.message && at - last.at < REPEAT_AFTER_MS) return;
    last = { message, at };
    logger.warn({ error }, 'the issuer cannot do its periodic work');
  };
}
