import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
let provider: Server;
let baseUrl: string;
const requests: IncomingMessage[] = [];
const credentials = '/organizations/acme/provider-credentials';
const SECRET = 'sk-very-secret-0123456789-wxyz';
const AWS = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'very-secret-access-key-of-aws' };

beforeAll(async () => {
  admin = await startAdmin();
  provider = createServer((request, response) => {
    requests.push(request);
    if (request.url === '/moved/models') response.writeHead(302, { location: 'http://169.254.169.254/' });
    else response.statusCode = request.headers.authorization === `Bearer ${SECRET}` ? 200 : 401;
    response.end(`{"echo":"${request.headers.authorization}"}`);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => provider.once('listening', resolve));
  baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/other/provider-credentials', { slug: 'theirs', provider: 'openai', secret: SECRET }],
  );
});
afterAll(async () => {
  await admin.stop();
  provider.close();
});

describe('provider credentials', () => {
  it('201: are created, and show four characters of a long secret at most', async () => {
    const made = await admin.call('POST', credentials, { slug: 'openai', provider: 'openai', secret: SECRET });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      slug: 'openai',
      provider: 'openai',
      hint: 'wxyz',
      baseUrl: null,
      region: null,
      weight: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const short = { slug: 'short', provider: 'openai', secret: 'only-15-charact' };
    expect((await admin.call('POST', credentials, short)).body.hint).toBe('');
    const object = { slug: 'object', provider: 'openai', secret: { apiKey: SECRET } };
    expect((await admin.call('POST', credentials, object)).body.hint).toBe('');
  });

  it('keep their secret nowhere in clear: in no answer, table, log of changes, snapshot or kept answer', async () => {
    const body = { slug: 'hidden', provider: 'openai', secret: 'sk-nowhere-in-clear-8877665544' };
    const once = { 'idempotency-key': 'hidden' };
    const answers = [
      await admin.call('POST', credentials, body, once),
      await admin.call('POST', credentials, body, once),
      await admin.call('POST', credentials, body),
      await admin.call('POST', credentials, { ...body, slug: 'NOT VALID' }),
      await admin.call('PATCH', `${credentials}/hidden`, { secret: body.secret, weight: 2 }),
      await admin.call('GET', `${credentials}/hidden`),
      await admin.call('GET', credentials),
      await admin.call('POST', `${credentials}/hidden/test`),
    ];
    for (const { text } of answers) expect(text).not.toContain(body.secret);

    const { pool } = admin.connections.database;
    const { rows } = await pool.query<{ table: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { table } of rows) {
      const found = await pool.query(`SELECT 1 FROM ${table} AS row WHERE row::text LIKE $1`, [`%${body.secret}%`]);
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
    for (const key of await admin.connections.redis.keys('*')) {
      const dump = (await admin.connections.redis.type(key)) === 'string' ? await admin.connections.redis.get(key) : '';
      expect(dump).not.toContain(body.secret);
    }
  });

  it('200: a test calls the provider with the secret and says what it thinks of it, not what it wrote', async () => {
    await given(
      admin,
      [credentials, { slug: 'good', provider: 'openai', secret: SECRET, baseUrl: `${baseUrl}/v1/` }],
      [credentials, { slug: 'bad', provider: 'openai', secret: 'wrong', baseUrl }],
      [credentials, { slug: 'anthropic', provider: 'anthropic', secret: SECRET, baseUrl }],
      [credentials, { slug: 'moved', provider: 'openai', secret: SECRET, baseUrl: `${baseUrl}/moved` }],
      [credentials, { slug: 'nowhere', provider: 'openai', secret: SECRET, baseUrl: 'http://127.0.0.1:1' }],
    );
    const test = async (slug: string) => (await admin.call('POST', `${credentials}/${slug}/test`)).body;
    expect(await test('good')).toMatchObject({
      ok: true,
      status: 200,
      message: 'The provider accepts the credential.',
    });
    expect(requests.at(-1)?.url).toBe('/v1/models');
    expect(await test('bad')).toMatchObject({
      ok: false,
      status: 401,
      message: 'The provider refuses the credential.',
    });
    await test('anthropic');
    expect(requests.at(-1)?.headers).toMatchObject({ 'x-api-key': SECRET, 'anthropic-version': '2023-06-01' });
    expect(await test('moved')).toMatchObject({ ok: false, status: 302 });
    expect(await test('nowhere')).toMatchObject({
      ok: false,
      status: null,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each([
    ['a provider that does not exist', { slug: 'x', provider: 'nobody', secret: 's' }, 'provider'],
    ['no secret', { slug: 'x', provider: 'openai' }, 'secret'],
    ['an empty secret', { slug: 'x', provider: 'openai', secret: '' }, 'secret'],
    ['a secret that would split a header', { slug: 'x', provider: 'openai', secret: 'a\r\nb' }, 'secret'],
    ['a list as secret', { slug: 'x', provider: 'openai', secret: [] }, 'secret'],
    ['a base URL that is none', { slug: 'x', provider: 'openai', secret: 's', baseUrl: 'nowhere' }, 'baseUrl'],
    [
      'a base URL with a password',
      { slug: 'x', provider: 'openai', secret: 's', baseUrl: 'https://a:b@c.d' },
      'baseUrl',
    ],
    [
      'a base URL of another protocol',
      { slug: 'x', provider: 'openai', secret: 's', baseUrl: 'file:///etc' },
      'baseUrl',
    ],
    ['no base URL for a provider without one', { slug: 'x', provider: 'vllm', secret: 's' }, 'baseUrl'],
    ['a secret of another kind', { slug: 'x', provider: 'openai', secret: { user: 'u', token: 't' } }, 'secret'],
    ['a key for a cloud that signs', { slug: 'x', provider: 'bedrock', secret: SECRET, region: 'us-east-1' }, 'secret'],
    ['no region for a cloud that has no address without', { slug: 'x', provider: 'bedrock', secret: AWS }, 'region'],
    ['a region that leads elsewhere', { slug: 'x', provider: 'bedrock', secret: AWS, region: 'eu.evil.com' }, 'region'],
    ["half of a service account's key", { slug: 'x', provider: 'vertex', secret: { client_email: 'a@b' } }, 'secret'],
    ['a weight that is no integer', { slug: 'x', provider: 'openai', secret: 's', weight: 0.5 }, 'weight'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', credentials, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it('400: a change is refused that would leave a credential without what its provider needs', async () => {
    await given(admin, [credentials, { slug: 'aws', provider: 'bedrock', secret: AWS, region: 'eu-central-1' }]);
    const change = async (body: object) => {
      const { status, body: answer, text } = await admin.call('PATCH', `${credentials}/aws`, body);
      expect(text).not.toContain(AWS.secretAccessKey);
      return [status, answer.errors?.[0].field];
    };
    expect(await change({ region: null })).toEqual([400, 'region']);
    expect(await change({ secret: 'sk-key' })).toEqual([400, 'secret']);
    expect(await change({ region: null, secret: { ...AWS, region: 'us-east-1' } })).toEqual([200, undefined]);
    expect(await change({ region: null, weight: 2 })).toEqual([200, undefined]);
  });

  it("404: another organization's credential cannot be read, tested, changed, deleted or used by a model", async () => {
    const { body: theirs } = await admin.call('GET', '/organizations/other/provider-credentials/theirs');
    const before = requests.length;
    for (const [method, path, body] of [
      ['GET', `${credentials}/${theirs.id}`, undefined],
      ['POST', `${credentials}/${theirs.id}/test`, undefined],
      ['PATCH', `${credentials}/${theirs.id}`, { weight: 3 }],
      ['DELETE', `${credentials}/${theirs.id}`, undefined],
    ] as const)
      expect((await admin.call(method, path, body)).status).toBe(404);
    expect(requests.length).toBe(before);
    const model = { slug: 'thief', provider: 'openai', credential: theirs.id, model: 'gpt' };
    const answer = await admin.call('POST', '/organizations/acme/models', model);
    expect([answer.status, answer.body.errors[0].field]).toEqual([404, 'credential']);
  });

  it('409: are not deleted while a model uses them', async () => {
    await given(
      admin,
      [credentials, { slug: 'used', provider: 'openai', secret: SECRET }],
      ['/organizations/acme/models', { slug: 'm', provider: 'openai', credential: 'used', model: 'gpt' }],
    );
    const answer = await admin.call('DELETE', `${credentials}/used`);
    expect(answer.status).toBe(409);
    expect(answer.body.errors).toEqual([{ field: 'model', message: 'm' }]);
    expect((await admin.call('DELETE', '/organizations/acme/models/m')).status).toBe(204);
    expect((await admin.call('DELETE', `${credentials}/used`)).status).toBe(204);
  });
});
