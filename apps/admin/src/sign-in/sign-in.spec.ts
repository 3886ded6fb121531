import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { Controller, Get, Module, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { decodeJwt, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#libs/embedded';
import type { AdminPrincipal } from '#libs/identity';
import { createLogger } from '#libs/telemetry';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { accessToken, seedOperator, seedService } from '../../test/issuer-under-test.js';
import { readAdminConfig } from '../connections/config.js';
import { type Connections, closeConnections, openConnections } from '../connections/connections.js';
import { connectionsModule } from '../connections/connections.module.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { IssuerModule } from '../issuer/index.js';
import { AdminAuthGuard, SignInModule } from './index.js';

@Controller('who')
@UseGuards(AdminAuthGuard)
class WhoController {
  @Get()
  who(@Req() request: { readonly user: AdminPrincipal }): AdminPrincipal {
    return request.user;
  }
}

let database: TestDatabase;
let redis: TestRedis;
let connections: Connections;
let app: NestFastifyApplication;
let issuerUrl: string;

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  const port = await freePort();
  issuerUrl = `http://localhost:${port}/oidc`;
  const config = readAdminConfig({
    ADMIN_PORT: String(port),
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    TOLLGATE_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
  });
  connections = await openConnections(config, createLogger('spec', 'silent'));

  @Module({ imports: [connectionsModule(connections), IssuerModule, SignInModule], controllers: [WhoController] })
  class AppModule {}
  app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter(connections.logger));
  await app.listen(port, 'localhost');
});

afterAll(async () => {
  await app?.close();
  if (connections) await closeConnections(connections);
  await Promise.all([redis?.stop(), database?.stop()]);
});

describe('the admin API', () => {
  it('lets an operator in, and knows who it is', async () => {
    const operator = await seedOperator(connections.database.prisma);
    const token = await accessToken(issuerUrl, operator);
    const answer = await ask(`Bearer ${token}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      kind: 'operator',
      id: operator.clientId,
      name: operator.clientId,
      tokenId: decodeJwt(token).jti,
    });
  });

  it.each([undefined, '', 'Basic abc', 'Bearer'])('answers %j with a bare challenge', async (authorization) => {
    const answer = await ask(authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="tollgate"');
    expect(await answer.json()).toMatchObject({ code: 'invalid_token' });
  });

  it("refuses a service's token: it is for the gateway", async () => {
    const service = await seedService(connections.database.prisma);
    await expectRefusal(await accessToken(issuerUrl, service), /another audience/);
  });

  it('refuses the token of an operator from the moment it is revoked', async () => {
    const operator = await seedOperator(connections.database.prisma);
    const token = await accessToken(issuerUrl, operator);
    const form = { client_id: operator.clientId, client_secret: operator.secret, token };
    await fetch(`${issuerUrl}/token/revocation`, { method: 'POST', body: new URLSearchParams(form) });
    await expectRefusal(token, /revoked/);
  });

  it('refuses the tokens of an operator that was deleted', async () => {
    const operator = await seedOperator(connections.database.prisma);
    const token = await accessToken(issuerUrl, operator);
    await connections.database.prisma.operatorClient.delete({ where: { clientId: operator.clientId } });
    await expectRefusal(token, /revoked/);
  });

  it('refuses a forged operator', async () => {
    const operator = await seedOperator(connections.database.prisma);
    const claims = decodeJwt(await accessToken(issuerUrl, operator));
    await expectRefusal(await forge(claims, 'stranger'), /key that its issuer does not have/);
    const [{ kid }] = (await publishedKeys()) as [{ kid: string }];
    await expectRefusal(await forge(claims, kid), /not valid/);
  });

  it('does not call a good token bad when it is Postgres that fails', async () => {
    const { prisma, pool } = connections.database;
    const token = await accessToken(issuerUrl, await seedOperator(prisma));
    await pool.query('ALTER TABLE operator_clients RENAME TO operator_clients_away');
    const answer = await ask(`Bearer ${token}`);
    await pool.query('ALTER TABLE operator_clients_away RENAME TO operator_clients');
    expect(answer.status).toBe(500);
    expect(answer.headers.has('www-authenticate')).toBe(false);
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
  });
});

async function expectRefusal(token: string, reason: RegExp): Promise<void> {
  const answer = await ask(`Bearer ${token}`);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="tollgate", error="invalid_token", /);
  expect(answer.headers.get('www-authenticate')).toMatch(reason);
}

function ask(authorization: string | undefined): Promise<Response> {
  const who = new URL('/who', issuerUrl);
  return fetch(who, authorization === undefined ? {} : { headers: { authorization } });
}

function forge(claims: JWTPayload, kid: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(privateKey);
}

async function publishedKeys(): Promise<unknown> {
  return ((await (await fetch(`${issuerUrl}/jwks`)).json()) as { keys: unknown }).keys;
}
