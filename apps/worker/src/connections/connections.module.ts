import { type DynamicModule, Global, Module } from '@nestjs/common';
import { PrismaClient } from '#libs/database';
import type { Connections } from './connections.js';
import { BLOCKING_REDIS, CLOCK, CONFIG, LOGGER, MASTER_KEY, METRICS, PLATFORM_KEY, POOL, REDIS } from './tokens.js';

@Global()
@Module({})
class ConnectionsModule {}

/** Hands what was opened at start to whoever asks for it. Opened and closed by main, not here. */
export function connectionsModule(connections: Connections): DynamicModule {
  const providers = [
    { provide: CONFIG, useValue: connections.config },
    { provide: LOGGER, useValue: connections.logger },
    { provide: CLOCK, useValue: connections.clock },
    { provide: PrismaClient, useValue: connections.database.prisma },
    { provide: POOL, useValue: connections.database.pool },
    { provide: REDIS, useValue: connections.redis },
    { provide: BLOCKING_REDIS, useValue: connections.blockingRedis },
    { provide: MASTER_KEY, useValue: connections.masterKey },
    { provide: PLATFORM_KEY, useValue: connections.platformKey },
    { provide: METRICS, useValue: connections.metrics },
  ];
  return { module: ConnectionsModule, providers, exports: providers.map(({ provide }) => provide) };
}
