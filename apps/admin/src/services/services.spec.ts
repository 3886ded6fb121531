import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const services = '/organizations/acme/services';

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
    ['/organizations/acme/teams', { slug: 'shop', name: 'Shop' }],
    ['/organizations/other/teams', { slug: 'theirs', name: 'Theirs' }],
    ['/organizations/other/services', { slug: 'theirs', name: 'Theirs', team: 'theirs' }],
  );
});
afterAll(() => admin.stop());

/** Status of a request for a gateway token with these credentials. */
async function tokenStatus(clientId: string, clientSecret: string): Promise<number> {
  const response = await fetch(`${admin.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return response.status;
}

describe('services', () => {
  it('201: are created with a client that gets a token at once; its secret is shown this once', async () => {
    const made = await admin.call('POST', services, { slug: 'web', name: 'Web', team: 'search' });
    expect(made.status).toBe(201);
    const { clientSecret, ...shown } = made.body;
    expect(shown).toMatchObject({ slug: 'web', team: 'search', kind: 'service', allowedModels: ['*'], metadata: {} });
    expect(await tokenStatus(shown.clientId, clientSecret)).toBe(200);
    expect((await admin.call('GET', `${services}/web`)).body).toEqual(shown);
    const everywhere = JSON.stringify(await admin.connections.database.prisma.serviceCredential.findMany());
    expect(everywhere).not.toContain(clientSecret);
  });

  it('200: move to another team and change what they may call', async () => {
    await given(admin, [services, { slug: 'mover', name: 'Mover', team: 'search', kind: 'agent' }]);
    const change = { team: 'shop', allowedModels: ['chat', 'openai/*'], metadata: { owner: { mail: 'x' } } };
    expect((await admin.call('PATCH', `${services}/mover`, change)).body).toMatchObject({ ...change, kind: 'agent' });
  });

  it.each([
    ['no team', { slug: 'x', name: 'X' }, 'team'],
    ['a kind that does not exist', { slug: 'x', name: 'X', team: 'search', kind: 'robot' }, 'kind'],
    [
      '201 allowed models',
      { slug: 'x', name: 'X', team: 'search', allowedModels: Array(201).fill('a') },
      'allowedModels',
    ],
    ['an allowed model of another type', { slug: 'x', name: 'X', team: 'search', allowedModels: [1] }, 'allowedModels'],
    ['metadata over 8 KB', { slug: 'x', name: 'X', team: 'search', metadata: { a: 'x'.repeat(9000) } }, 'metadata'],
    ['metadata that is a list', { slug: 'x', name: 'X', team: 'search', metadata: [] }, 'metadata'],
    ['a secret of their own', { slug: 'x', name: 'X', team: 'search', clientSecret: 'x' }, 'clientSecret'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', services, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it("404: another organization's service, its credentials and its keys cannot be reached", async () => {
    const { body: theirs } = await admin.call('GET', '/organizations/other/services/theirs');
    const { body: credentials } = await admin.call('GET', '/organizations/other/services/theirs/credentials');
    const { body: key } = await admin.call('POST', '/organizations/other/services/theirs/keys', { name: 'k' });
    await given(admin, [services, { slug: 'ours', name: 'Ours', team: 'search' }]);
    for (const [method, path] of [
      ['GET', `${services}/${theirs.id}`],
      ['GET', `${services}/${theirs.id}/credentials`],
      ['GET', `${services}/${theirs.id}/keys`],
      ['DELETE', `${services}/${theirs.id}`],
      ['DELETE', `${services}/ours/credentials/${credentials.data[0].id}`],
      ['DELETE', `${services}/ours/keys/${key.id}`],
    ] as const)
      expect([path, (await admin.call(method, path)).status]).toEqual([path, 404]);
    expect((await admin.call('POST', `${services}/${theirs.id}/keys`, { name: 'mine' })).status).toBe(404);
    expect((await admin.call('GET', '/organizations/other/services/theirs/keys')).body.data).toHaveLength(1);
  });

  it('204: are deleted with their credentials and keys; their client gets no token any more', async () => {
    const { body } = await admin.call('POST', services, { slug: 'ending', name: 'Ending', team: 'search' });
    await given(admin, [`${services}/ending/keys`, { name: 'k' }]);
    expect((await admin.call('DELETE', `${services}/ending`)).status).toBe(204);
    expect(await tokenStatus(body.clientId, body.clientSecret)).toBe(401);
    const left = await admin.connections.database.prisma.gatewayKey.count({ where: { serviceId: body.id } });
    expect(left).toBe(0);
  });
});

describe("a service's credentials", () => {
  it('are valid side by side until one is deleted, so that a secret can be rotated', async () => {
    const { body: first } = await admin.call('POST', services, { slug: 'rotating', name: 'R', team: 'search' });
    const credentials = `${services}/rotating/credentials`;
    const second = await admin.call('POST', credentials, {});
    expect(second.status).toBe(201);
    expect(second.body).toMatchObject({ kind: 'secret', clientId: first.clientId, expiresAt: null });
    expect(second.body.clientSecret.slice(-4)).toBe(second.body.hint);
    expect(await tokenStatus(first.clientId, first.clientSecret)).toBe(200);
    expect(await tokenStatus(first.clientId, second.body.clientSecret)).toBe(200);

    const { body: list } = await admin.call('GET', credentials);
    expect(JSON.stringify(list)).not.toContain(second.body.clientSecret);
    expect((await admin.call('DELETE', `${credentials}/${list.data[0].id}`)).status).toBe(204);
    expect(await tokenStatus(first.clientId, first.clientSecret)).toBe(401);
    expect(await tokenStatus(first.clientId, second.body.clientSecret)).toBe(200);
  });

  it('201: may be public keys', async () => {
    await given(admin, [services, { slug: 'keyed', name: 'Keyed', team: 'search' }]);
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const jwks = { keys: [{ ...jwk, kid: 'one' }] };
    const answer = await admin.call('POST', `${services}/keyed/credentials`, { jwks });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ kind: 'jwks', jwks, hint: null });
    expect(answer.body.clientSecret).toBeUndefined();
  });

  it('400: are never private keys, short RSA keys, symmetric keys or no keys', async () => {
    await given(admin, [services, { slug: 'strict', name: 'Strict', team: 'search' }]);
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    for (const keys of [
      [pair.privateKey.export({ format: 'jwk' })],
      [short.publicKey.export({ format: 'jwk' })],
      [{ kty: 'oct', k: 'AAAA' }],
      [{ kty: 'EC' }],
      [],
      'keys',
    ]) {
      const answer = await admin.call('POST', `${services}/strict/credentials`, { jwks: { keys } });
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0].field).toBe('jwks');
    }
  });

  it('400: do not expire in the past, or at a time without offset', async () => {
    await given(admin, [services, { slug: 'timed', name: 'Timed', team: 'search' }]);
    for (const expiresAt of [
      '2020-01-01T00:00:00Z',
      '2099-01-01T00:00:00',
      '2099-01-01',
      'soon',
      7,
      '2099-02-30T00:00:00Z',
    ])
      expect([expiresAt, (await admin.call('POST', `${services}/timed/credentials`, { expiresAt })).status]).toEqual([
        expiresAt,
        400,
      ]);
    const good = await admin.call('POST', `${services}/timed/credentials`, { expiresAt: '2099-01-01T00:00:00+01:00' });
    expect(good.body.expiresAt).toBe('2098-12-31T23:00:00.000Z');
  });

  it('409: are ten at most', async () => {
    await given(admin, [services, { slug: 'greedy', name: 'Greedy', team: 'search' }]);
    for (let n = 1; n < 10; n++) await given(admin, [`${services}/greedy/credentials`, {}]);
    expect((await admin.call('POST', `${services}/greedy/credentials`, {})).status).toBe(409);
  });
});

describe("a service's gateway keys", () => {
  it('201: show the key this once, and are stored as a hash', async () => {
    await given(admin, [services, { slug: 'holder', name: 'Holder', team: 'search' }]);
    const made = await admin.call('POST', `${services}/holder/keys`, { name: 'notebook' });
    expect(made.status).toBe(201);
    const { key, ...shown } = made.body;
    expect(key).toMatch(/^tg-/);
    expect(key.startsWith(shown.prefix)).toBe(true);
    expect((await admin.call('GET', `${services}/holder/keys`)).body.data).toEqual([shown]);
    const stored = await admin.connections.database.prisma.gatewayKey.findUniqueOrThrow({ where: { id: shown.id } });
    expect(JSON.stringify(stored)).not.toContain(key);
    expect((await admin.call('DELETE', `${services}/holder/keys/${shown.id}`)).status).toBe(204);
    expect((await admin.call('DELETE', `${services}/holder/keys/${shown.id}`)).status).toBe(404);
    expect((await admin.call('DELETE', `${services}/holder/keys/none`)).status).toBe(404);
  });
});
