import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import type { Redis } from 'ioredis';
import * as client from 'openid-client';
import { type Clock, systemClock, uuidv7 } from '#libs/core';
import { createDatabase, type Prisma, type PrismaClient } from '#libs/database';
import { freePort } from '#libs/embedded';
import { hashSecret, newSecret } from '#libs/identity';
import { connectRedis, ready } from '#libs/redis';
import { localMasterKey } from '#libs/vault';
import { Issuer } from '../src/issuer/issuer.js';
import { mountIssuer } from '../src/issuer/mount.js';
import { ISSUER_PATH } from '../src/issuer/path.js';
import { openPlatformDataKey } from '../src/issuer/platform-data-key.js';

/** For specs: an issuer on real servers, served over HTTP by nothing but Fastify. */
export interface IssuerUnderTest extends AsyncDisposable {
  readonly url: string;
  readonly issuer: Issuer;
  readonly prisma: PrismaClient;
  readonly redis: Redis;
  readonly errors: readonly unknown[];
}

export interface IssuerUnderTestOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly masterKey?: Buffer;
  readonly clock?: Clock;
  /** Default: a free one. */
  readonly port?: number;
}

export async function startIssuerUnderTest(options: IssuerUnderTestOptions): Promise<IssuerUnderTest> {
  const database = createDatabase(options.databaseUrl, { max: 5 });
  const redis = connectRedis(options.redisUrl, { name: 'issuer-spec', patience: 'fail-fast' });
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}${ISSUER_PATH}`;
  const errors: unknown[] = [];
  // A spec says by x-forwarded-for from where it asks.
  const server = fastify({ trustProxy: true });
  const closeConnections = async (): Promise<void> => {
    redis.disconnect();
    await database.close();
  };
  try {
    await ready(redis);
    const masterKey = localMasterKey(options.masterKey ?? Buffer.alloc(32, 1));
    const issuer = await Issuer.start({
      prisma: database.prisma,
      redis,
      platformKey: await openPlatformDataKey(database.prisma, masterKey),
      url,
      clock: options.clock ?? systemClock,
      onError: (error) => errors.push(error),
    });
    mountIssuer(server, issuer);
    await server.listen({ port, host: 'localhost' });
    const close = async (): Promise<void> => {
      await server.close();
      await issuer.close();
      await closeConnections();
    };
    return { url, issuer, prisma: database.prisma, redis, errors, [Symbol.asyncDispose]: close };
  } catch (cause) {
    await closeConnections();
    throw cause;
  }
}

export interface SeededService {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly clientId: string;
  readonly credentialId: string;
  readonly secret: string;
}

/** An organization with one team and one service that has one secret. */
export async function seedService(prisma: PrismaClient): Promise<SeededService> {
  const [organizationId, teamId, serviceId, clientId] = [uuidv7(), uuidv7(), uuidv7(), `client-${randomUUID()}`];
  const slug = `acme-${organizationId.slice(-12)}`;
  await prisma.organization.create({ data: { id: organizationId, slug, name: 'Acme', wrappedDataKey: '' } });
  await prisma.team.create({ data: { id: teamId, organizationId, slug: 'backend', name: 'Backend' } });
  await prisma.service.create({
    data: { id: serviceId, organizationId, teamId, slug: 'app', name: 'App', clientId },
  });
  const service = { organizationId, serviceId, clientId };
  return { ...service, ...(await seedSecret(prisma, service)) };
}

/** One more secret for a service. */
export async function seedSecret(
  prisma: PrismaClient,
  owner: Pick<SeededService, 'organizationId' | 'serviceId'>,
  more: Pick<Prisma.ServiceCredentialUncheckedCreateInput, 'expiresAt'> = {},
): Promise<{ credentialId: string; secret: string }> {
  const [credentialId, secret] = [uuidv7(), newSecret()];
  const { organizationId, serviceId } = owner;
  await prisma.serviceCredential.create({
    data: { id: credentialId, organizationId, serviceId, kind: 'secret', secretHash: hashSecret(secret), ...more },
  });
  return { credentialId, secret };
}

export async function seedOperator(prisma: PrismaClient): Promise<{ clientId: string; secret: string }> {
  const [clientId, secret] = [`operator-${randomUUID()}`, newSecret()];
  await prisma.operatorClient.create({ data: { clientId, name: 'Operator', secretHash: hashSecret(secret) } });
  return { clientId, secret };
}

/** An OAuth client as applications use it: finds the endpoints by discovery. */
export function oauthClient(
  issuerUrl: string,
  clientId: string,
  authentication: client.ClientAuth,
): Promise<client.Configuration> {
  return client.discovery(new URL(issuerUrl), clientId, undefined, authentication, {
    execute: [client.allowInsecureRequests],
  });
}

/** An access token by client credentials with a secret, as a string. */
export async function accessToken(
  issuerUrl: string,
  { clientId, secret }: { readonly clientId: string; readonly secret: string },
): Promise<string> {
  const configuration = await oauthClient(issuerUrl, clientId, client.ClientSecretPost(secret));
  return (await client.clientCredentialsGrant(configuration)).access_token;
}
