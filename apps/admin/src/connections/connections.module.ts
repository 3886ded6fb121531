import { type DynamicModule, Global, type InjectionToken, Module } from '@nestjs/common';
import { PrismaClient } from '#libs/database';
import type { Connections } from './connections.js';
import { CLOCK, CONFIG, LOGGER, MASTER_KEY, METRICS, PLATFORM_KEY, POOL, REDIS } from './tokens.js';

@Global()
@Module({})
class ConnectionsModule {}

const PROVIDED: readonly (readonly [token: InjectionToken, of: (connections: Connections) => unknown])[] = [
  [PrismaClient, ({ database }) => database.prisma],
  [POOL, ({ database }) => database.pool],
  [REDIS, ({ redis }) => redis],
  [CONFIG, ({ config }) => config],
  [LOGGER, ({ logger }) => logger],
  [CLOCK, ({ clock }) => clock],
  [METRICS, ({ metrics }) => metrics],
  [MASTER_KEY, ({ masterKey }) => masterKey],
  [PLATFORM_KEY, ({ platformKey }) => platformKey],
];

/** Hands what was opened at start to whoever asks for it. Opened and closed by main, not here. */
export function connectionsModule(connections: Connections | null): DynamicModule {
  const providers = PROVIDED.map(([provide, of]) => ({ provide, useValue: connections && of(connections) }));
  return { module: ConnectionsModule, providers, exports: PROVIDED.map(([token]) => token) };
}
