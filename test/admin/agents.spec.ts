import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CorporateProvider, startCorporateProvider } from './corporate-provider.js';
import { memberOf } from './sign-in.js';
import { ADMIN_URL, type AdminApp, given, startAdmin } from './start-admin.js';
import { eventually, type FollowingGateway, startFollowingGateway } from './start-gateway.js';
import { askToken, type Client, exchange, ownToken } from './token-endpoint.js';

const acme = '/organizations/acme';
const AUDIENCE = 'https://planner.acme.example';

let admin: AdminApp;
let gateway: FollowingGateway;
let corporate: CorporateProvider;
let shop: Client;
let planner: Client;

const newService = async (slug: string, more: object = {}, organization = acme): Promise<Client> => {
  const made = await admin.call('POST', `${organization}/services`, { slug, name: slug, team: 'search', ...more });
  expect(made.status, made.text).toBe(201);
  return made.body;
};

beforeAll(async () => {
  admin = await startAdmin();
  gateway = await startFollowingGateway(admin);
  corporate = await startCorporateProvider(`${ADMIN_URL}/sign-in/return`);
  const credential = { slug: 'sim', provider: 'openai', secret: 'sk-x', baseUrl: 'http://127.0.0.1:9' };
  const model = { slug: 'gpt', provider: 'openai', credential: 'sim', model: 'gpt-4.1-mini' };
  await given(
    admin,
    ...['acme', 'other'].flatMap((slug) => [
      ['/organizations', { slug, name: slug }] as const,
      [`/organizations/${slug}/teams`, { slug: 'search', name: 'Search' }] as const,
    ]),
    [`${acme}/provider-credentials`, credential],
    [`${acme}/models`, model],
    [`${acme}/routes`, { slug: 'fast', targets: [{ model: 'gpt' }] }],
    [`${acme}/routes`, { slug: 'smart', targets: [{ model: 'gpt' }] }],
    [`${acme}/identity-providers`, { slug: 'corporate', name: 'Acme Login', issuer: corporate.issuer }],
  );
  shop = await newService('shop', { allowedModels: ['fast'] });
  const users = [{ identityProvider: 'corporate', audience: AUDIENCE, claims: { environment: 'prod' } }];
  planner = await newService('planner', {
    kind: 'agent',
    allowedModels: ['fast', 'smart'],
    actsFor: { members: true, services: ['shop'], users },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await corporate[Symbol.asyncDispose]();
  await admin.stop();
});

/** The usage event of a call with this token. */
async function eventOf(token: string, body: object = {}) {
  const requestId = `r-${Math.random()}`;
  await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify({ model: 'fast', messages: [{ role: 'user', content: 'hello' }], ...body }),
  });
  const { redis, database } = admin.connections;
  const { id } = await database.prisma.organization.findUniqueOrThrow({ where: { slug: 'acme' } });
  const entries = await redis.xrange(`{${id}}:usage`, '-', '+');
  return entries.map(([, fields]) => JSON.parse(fields[1] ?? '')).find((event) => event.requestId === requestId);
}

const works = async (token: string): Promise<boolean> => (await gateway.statusFor(token)) === 200;

describe('an agent that acts on behalf of', () => {
  it('a service: gets a token that names both, and may do what both may', async () => {
    const { status, body } = await exchange(admin, planner, await ownToken(admin, shop));
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
    expect(body.issued_token_type).toBe('urn:ietf:params:oauth:token-type:access_token');
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({
      aud: 'urn:tollgate:gateway',
      sub: shop.clientId,
      client_id: planner.clientId,
      act: { sub: planner.clientId },
    });
    await eventually(() => works(body.access_token));
    expect(await gateway.modelsFor(body.access_token)).toEqual(['fast']);
    expect(await eventOf(body.access_token)).toMatchObject({
      service: 'planner',
      agent: 'planner',
      subject: 'service:shop',
      actors: ['planner'],
      endUser: 'service:shop',
    });
  });

  it('a member: the member is the user of the call, whatever user the agent names', async () => {
    const ada = await memberOf(admin, 'acme', 'ada@acme.example', { role: 'viewer' });
    const { body } = await exchange(admin, planner, ada.accessToken);
    expect(decodeJwt(body.access_token).exp).toBeLessThanOrEqual(decodeJwt(ada.accessToken).exp ?? 0);
    await eventually(() => works(body.access_token));
    expect(await eventOf(body.access_token, { user: 'somebody-else' })).toMatchObject({
      subject: 'member:ada@acme.example',
      endUser: 'ada@acme.example',
      team: 'search',
    });
    await given(admin, [`${acme}/rate-limits`, { scope: { user: 'ada@acme.example' }, requestsPerMinute: 1 }]);
    await eventually(async () => {
      const { error } = await eventOf(body.access_token, { user: 'somebody-else' });
      return error === 'rate_limit_exceeded';
    });
  });

  it('a user of an identity provider, whose token was given to the agent', async () => {
    const { status, body } = await exchange(admin, planner, await corporate.token(AUDIENCE));
    expect(status, JSON.stringify(body)).toBe(200);
    await eventually(() => works(body.access_token));
    expect(await eventOf(body.access_token)).toMatchObject({ subject: 'user:workload', actors: ['planner'] });
  });

  it('an agent that acts itself: the whole chain is in the token and in the record, up to four', async () => {
    let token = (await exchange(admin, planner, await corporate.token(AUDIENCE))).body.access_token;
    let before = 'planner';
    for (const slug of ['second', 'third', 'fourth']) {
      const agent = await newService(slug, { kind: 'agent', actsFor: { services: [before] } });
      const answer = await exchange(admin, agent, token);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      [token, before] = [answer.body.access_token, slug];
    }
    await eventually(() => works(token));
    expect(await gateway.modelsFor(token)).toEqual(['fast', 'smart']);
    expect(await eventOf(token)).toMatchObject({
      service: 'fourth',
      subject: 'user:workload',
      actors: ['fourth', 'third', 'second', 'planner'],
    });
    const fifth = await newService('fifth', { kind: 'agent', actsFor: { services: ['fourth'] } });
    expect((await exchange(admin, fifth, token)).body).toMatchObject({ error: 'invalid_request' });
  });
});

it('docs/guides/agents.md allows and exchanges as it says', async () => {
  const guide = await readFile('docs/guides/agents.md', 'utf8');
  const block = (language: string) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '';
  const { body: before } = await admin.call('GET', `${acme}/services/planner`);
  expect((await admin.call('PATCH', `${acme}/services/planner`, block('json'))).status).toBe(200);
  const form = Object.fromEntries([...block('sh').matchAll(/-d (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  const subject = { subject_token: await corporate.token(AUDIENCE) };
  expect((await askToken(admin, planner, { ...form, ...subject })).status).toBe(200);
  await admin.call('PATCH', `${acme}/services/planner`, { actsFor: before.actsFor });
});

describe('the exchange is refused', () => {
  it('invalid_request: for a subject that the agent may not act for, or a token that is nobody’s here', async () => {
    const other = await newService('loner');
    const theirs = await newService('theirs', {}, '/organizations/other');
    const [, payload] = (await ownToken(admin, shop)).split('.');
    const subjects = {
      'another service': await ownToken(admin, other),
      itself: await ownToken(admin, planner),
      'a service of another organization': await ownToken(admin, theirs),
      'a member of another organization': (await memberOf(admin, 'other', 'eve@other.example')).accessToken,
      'a user whose token was given to somebody else': await corporate.token('https://elsewhere.example'),
      'an unsigned token': `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`,
      nonsense: 'x',
    };
    for (const [name, token] of Object.entries(subjects)) {
      const { status, body } = await exchange(admin, planner, token);
      expect([name, status, body.error]).toEqual([name, 400, 'invalid_request']);
    }
  });

  it('unauthorized_client: of a service that acts for nobody, which is how every service begins', async () => {
    const { status, body } = await exchange(admin, shop, await ownToken(admin, planner));
    expect([status, body.error]).toEqual([400, 'unauthorized_client']);
  });

  it.each([
    ['invalid_request', { subject_token: '' }],
    ['invalid_request', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }],
    ['invalid_request', { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['invalid_request', { actor_token: 'x', actor_token_type: 'urn:ietf:params:oauth:token-type:jwt' }],
    ['invalid_scope', { scope: 'everything' }],
    ['invalid_target', { resource: 'urn:tollgate:admin' }],
    ['invalid_target', { audience: 'urn:tollgate:admin' }],
  ])('%s: with %j', async (error, more: Record<string, string>) => {
    const { status, body } = await exchange(admin, planner, await ownToken(admin, shop), more);
    expect([status, body.error]).toEqual([400, error]);
  });
});

describe('an exchanged token ends within a second when', () => {
  const acting = async (token: string): Promise<string> => {
    const { status, body } = await exchange(admin, planner, token);
    expect(status, JSON.stringify(body)).toBe(200);
    await eventually(() => works(body.access_token));
    return body.access_token;
  };
  const ended = (token: string) => eventually(async () => (await gateway.statusFor(token)) === 401, 1_000);

  it('the agent may no longer act for its subject', async () => {
    const token = await acting(await ownToken(admin, shop));
    const { actsFor } = (await admin.call('GET', `${acme}/services/planner`)).body;
    await admin.call('PATCH', `${acme}/services/planner`, { actsFor: { ...actsFor, services: [] } });
    await ended(token);
    await admin.call('PATCH', `${acme}/services/planner`, { actsFor });
    await eventually(() => works(token));
  });

  it('the token that it was exchanged for is revoked', async () => {
    const own = await ownToken(admin, shop);
    const token = await acting(own);
    const basic = Buffer.from(`${shop.clientId}:${shop.clientSecret}`).toString('base64');
    await fetch(`${admin.url}/oidc/token/revocation`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ token: own }),
    });
    await ended(token);
  });

  it('the subject’s credential, its member or its service is gone', async () => {
    const bob = await memberOf(admin, 'acme', 'bob@acme.example', { role: 'viewer' });
    const { id } = (await bob.call('GET', '/me')).body;
    const forBob = await acting(bob.accessToken);
    await admin.call('DELETE', `${acme}/members/${id}`);
    await ended(forBob);
    const forShop = await acting(await ownToken(admin, shop));
    await admin.call('POST', `${acme}/services/shop/decommission`);
    await ended(forShop);
  });
});

it('409: what an agent acts for is in use; 404: it acts for nobody who does not exist', async () => {
  const service = await admin.call('DELETE', `${acme}/services/shop`);
  expect([service.status, service.body.errors[0].field]).toEqual([409, 'service acting for it']);
  expect((await admin.call('DELETE', `${acme}/identity-providers/corporate`)).status).toBe(409);
  const body = { slug: 'x', name: 'X', team: 'search', actsFor: { services: ['nothing'] } };
  const answer = await admin.call('POST', `${acme}/services`, body);
  expect([answer.status, answer.body.errors[0].field]).toEqual([404, 'actsFor.services.0']);
});
