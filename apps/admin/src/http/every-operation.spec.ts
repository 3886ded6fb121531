import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
let operations: { method: string; path: string }[];

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
  );
  const { body } = await admin.call('GET', '//api/openapi.json');
  operations = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.slice('/api/v1'.length) })),
  );
});
afterAll(() => admin.stop());

const filled = (path: string, organization: string): string =>
  path.replace('{organization}', organization).replaceAll(/\{\w+\}/g, 'something');

async function gatewayToken(): Promise<string> {
  const service = { slug: 'web', name: 'Web', team: 'search' };
  const { body } = await admin.call('POST', '/organizations/acme/services', service);
  const response = await fetch(`${admin.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${body.clientId}:${body.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

describe('every operation of the OpenAPI document', () => {
  it('401: needs a token for the admin audience, before anything else is looked at', async () => {
    const refused = ['', 'Basic b3A6b3A=', 'Bearer nonsense', `Bearer ${await gatewayToken()}`];
    expect(operations.length).toBeGreaterThan(50);
    for (const { method, path } of operations)
      for (const authorization of refused) {
        const body = method === 'POST' || method === 'PATCH' ? {} : undefined;
        const { status } = await admin.call(method, filled(path, 'acme'), body, { authorization });
        expect([method, path, authorization.slice(0, 12), status]).toEqual([
          method,
          path,
          authorization.slice(0, 12),
          401,
        ]);
      }
  });

  it('404 or 400: finds nothing in an organization that does not exist', async () => {
    for (const { method, path } of operations.filter((operation) => operation.path.includes('{organization}'))) {
      const body = method === 'POST' || method === 'PATCH' ? {} : undefined;
      const { status } = await admin.call(method, filled(path, 'nobody'), body);
      expect([method, path, status]).toEqual([method, path, status === 400 ? 400 : 404]);
    }
  });
});
