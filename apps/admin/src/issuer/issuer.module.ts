import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import { ConfigError } from '#libs/config';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import type { Logger } from '#libs/telemetry';
import type { AdminConfig } from '../connections/config.js';
import { CLOCK, CONFIG, LOGGER, PLATFORM_KEY, REDIS } from '../connections/tokens.js';
import { Issuer } from './issuer.js';
import { mountIssuer } from './mount.js';
import { ISSUER_PATH } from './path.js';

/**
 * The built-in issuer, started and mounted under /oidc of the app that imports this. Anyone may inject `Issuer`. An
 * external issuer (TOLLGATE_ISSUER) will take the place of this module and provide what sign-in needs of it: `url`,
 * `keyFor` and `alive`.
 */
@Global()
@Module({
  providers: [
    { provide: Issuer, inject: [PrismaClient, REDIS, PLATFORM_KEY, CLOCK, CONFIG, LOGGER], useFactory: startIssuer },
  ],
  exports: [Issuer],
})
export class IssuerModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly issuer: Issuer,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    mountIssuer(this.host.httpAdapter.getInstance<FastifyInstance>(), this.issuer);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.issuer.close();
  }
}

function startIssuer(
  prisma: PrismaClient,
  redis: Redis,
  platformKey: Buffer,
  clock: Clock,
  config: Pick<AdminConfig, 'issuer' | 'publicAdminUrl' | 'adminPort'>,
  logger: Logger,
): Promise<Issuer> {
  // Better no start than one that quietly trusts another issuer than the one that was asked for.
  if (config.issuer !== null)
    throw new ConfigError('TOLLGATE_ISSUER is set, but external issuers are not supported yet: unset it');
  return Issuer.start({
    prisma,
    redis,
    platformKey,
    clock,
    url: `${config.publicAdminUrl ?? `http://localhost:${config.adminPort}`}${ISSUER_PATH}`,
    onError: (error) => logger.error({ error }, 'the issuer could not do its work'),
  });
}
