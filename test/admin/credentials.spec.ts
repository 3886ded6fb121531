import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from './start-admin.js';
import { eventually, type FollowingGateway, startFollowingGateway } from './start-gateway.js';

const services = '/organizations/acme/services';

let admin: AdminApp;
let gateway: FollowingGateway;

beforeAll(async () => {
  admin = await startAdmin();
  gateway = await startFollowingGateway(admin, { trustedProxies: ['127.0.0.1'] });
  const credential = { slug: 'sim', provider: 'openai', secret: 'sk-x', baseUrl: 'http://127.0.0.1:9' };
  const model = { slug: 'gpt', provider: 'openai', credential: 'sim', model: 'gpt-4.1-mini' };
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
    ['/organizations/acme/provider-credentials', credential],
    ['/organizations/acme/models', model],
    ['/organizations/acme/routes', { slug: 'fast', targets: [{ model: 'gpt' }] }],
    ['/organizations/acme/routes', { slug: 'smart', targets: [{ model: 'gpt' }] }],
  );
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await admin.stop();
});

interface Service {
  readonly clientId: string;
  readonly clientSecret: string;
}

const newService = async (slug: string, more: object = {}): Promise<Service> =>
  (await admin.call('POST', services, { slug, name: slug, team: 'search', ...more })).body;

const tokenAnswer = ({ clientId, clientSecret }: Service) =>
  fetch(`${admin.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
const tokenOf = async (service: Service): Promise<string> =>
  ((await (await tokenAnswer(service)).json()) as { access_token: string }).access_token;

const newKey = async (service: string, body: object): Promise<string> =>
  (await admin.call('POST', `${services}/${service}/keys`, { name: 'Key', ...body })).body.key;

describe('decommissioning a service', () => {
  it('ends its secrets, keys and tokens at the gateway, and it stays for the record', async () => {
    const service = await newService('ended');
    const [token, key] = [await tokenOf(service), await newKey('ended', {})];
    await eventually(async () => (await gateway.statusFor(token)) === 200 && (await gateway.statusFor(key)) === 200);

    const answer = await admin.call('POST', `${services}/ended/decommission`);
    expect([answer.status, answer.body.decommissionedAt]).toEqual([200, expect.any(String)]);
    await eventually(async () => (await gateway.statusFor(token)) === 401 && (await gateway.statusFor(key)) === 401);
    expect((await tokenAnswer(service)).status).toBe(401);
    expect((await admin.call('GET', `${services}/ended`)).body).toEqual(answer.body);
    const [event] = (await admin.call('GET', '/organizations/acme/audit-events?limit=1')).body.data;
    expect(event).toMatchObject({ action: 'service.decommissioned', resource: { slug: 'ended' } });
  });

  it('409: it gets no new credential or key; 200: doing it again changes nothing', async () => {
    const { body } = await admin.call('GET', `${services}/ended`);
    expect((await admin.call('POST', `${services}/ended/credentials`, {})).status).toBe(409);
    expect((await admin.call('POST', `${services}/ended/keys`, { name: 'X' })).status).toBe(409);
    const again = await admin.call('POST', `${services}/ended/decommission`);
    expect([again.status, again.body.decommissionedAt]).toEqual([200, body.decommissionedAt]);
  });

  it('404: not from another organization; 412: not of a version that was never seen', async () => {
    expect((await admin.call('POST', '/organizations/other/services/ended/decommission')).status).toBe(404);
    const seen = { 'if-match': '"never"' };
    expect((await admin.call('POST', `${services}/ended/decommission`, undefined, seen)).status).toBe(412);
  });
});

describe('a gateway key', () => {
  it('may call what both it and its service may', async () => {
    await newService('scoped', { allowedModels: ['fast', 'smart'] });
    const key = await newKey('scoped', { allowedModels: ['fast', 'gpt*'] });
    await eventually(async () => (await gateway.statusFor(key)) === 200);
    expect(await gateway.modelsFor(key)).toEqual(['fast']);
    await admin.call('PATCH', `${services}/scoped`, { allowedModels: ['smart'] });
    await eventually(async () => (await gateway.modelsFor(key)).length === 0);
  });

  it('opens nothing from addresses outside its ranges, as a trusted proxy tells them', async () => {
    await newService('office');
    const key = await newKey('office', { ipRanges: ['192.0.2.0/24', '2001:db8::/32'] });
    const from = (address: string) => gateway.statusFor(key, { 'x-forwarded-for': address });
    await eventually(async () => (await from('192.0.2.7')) === 200);
    expect(await from('2001:db8::7')).toBe(200);
    expect(await from('198.51.100.1')).toBe(401);
    expect(await gateway.statusFor(key)).toBe(401);
  });

  it('is not let in by an x-forwarded-for of somebody who is not trusted', async () => {
    await newService('direct');
    const key = await newKey('direct', { ipRanges: ['192.0.2.0/24'] });
    const unbound = await newKey('direct', {});
    await using untrusting = await startFollowingGateway(admin);
    await eventually(async () => (await untrusting.statusFor(unbound)) === 200);
    expect(await untrusting.statusFor(key, { 'x-forwarded-for': '192.0.2.7' })).toBe(401);
  });

  it.each([['10.0.0.0/33'], ['10.0.0'], ['office'], ['10.0.0.0/8/8'], ['']])(
    '400: refuses the range "%s"',
    async (range) => {
      await newService('ranges');
      const answer = await admin.call('POST', `${services}/ranges/keys`, { name: 'X', ipRanges: [range] });
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'ipRanges']);
    },
  );
});
