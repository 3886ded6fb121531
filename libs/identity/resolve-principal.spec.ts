import { describe, expect, it } from 'vitest';
import {
  type AccessTokenClaims,
  hashGatewayKey,
  IdentityIndex,
  newGatewayKey,
  type OrganizationIdentity,
  resolveGatewayKey,
  resolveOperatorClient,
  resolveToken,
  type ServiceIdentity,
} from './index.js';

const NOW_MS = 1_000_000;
const HERE = { agent: null, address: '10.0.0.1' };
const { key, hash } = newGatewayKey();

const bot: ServiceIdentity = {
  id: 'service-bot',
  slug: 'billing-bot',
  team: 'backend',
  kind: 'agent',
  clientId: 'client-bot',
  allowedModels: ['fast'],
  credentials: [{ id: 'credential-bot', expiresAtMs: null }],
  keys: [],
};
const app: ServiceIdentity = {
  id: 'service-app',
  slug: 'app',
  team: 'backend',
  kind: 'service',
  clientId: 'client-app',
  allowedModels: ['*'],
  credentials: [
    { id: 'credential-app', expiresAtMs: null },
    { id: 'credential-short', expiresAtMs: NOW_MS },
  ],
  keys: [
    { id: 'key-app', hash, expiresAtMs: null },
    { id: 'key-short', hash: 'hash-short', expiresAtMs: NOW_MS - 1 },
    {
      id: 'key-office',
      hash: 'hash-office',
      expiresAtMs: null,
      allowedModels: ['fast'],
      ipRanges: ['10.1.0.0/16', '192.0.2.7', '2001:db8::/32'],
    },
  ],
};
const organization: OrganizationIdentity = {
  organizationId: 'organization-1',
  organization: 'acme',
  teams: [{ slug: 'backend', costCenter: 'CC-7', path: ['backend', 'engineering'] }],
  services: [app, bot],
};
const index = new IdentityIndex([organization], [{ id: 'revoked-token' }]);

const claims: AccessTokenClaims = {
  iss: 'https://tollgate.example/oidc',
  sub: 'client-app',
  client_id: 'client-app',
  aud: 'urn:tollgate:gateway',
  iat: 0,
  exp: 2_000,
  jti: 'token-1',
  organization: 'organization-1',
  service: 'service-app',
  credential: 'credential-app',
};
const ofBot = { ...claims, client_id: 'client-bot', service: 'service-bot', credential: 'credential-bot' };
const refused = expect.objectContaining({ code: 'invalid_token' });

describe('a verified token', () => {
  it('resolves to its service with team, ancestors and cost centre', () => {
    expect(resolveToken(claims, null, index, NOW_MS)).toEqual({
      organizationId: 'organization-1',
      organization: 'acme',
      team: 'backend',
      teamPath: ['backend', 'engineering'],
      costCenter: 'CC-7',
      serviceId: 'service-app',
      service: 'app',
      agent: null,
      credentialId: 'credential-app',
      allowedModels: ['*'],
    });
  });

  it('is refused once it was revoked', () => {
    expect(() => resolveToken({ ...claims, jti: 'revoked-token' }, null, index, NOW_MS)).toThrow(refused);
  });

  it('is refused once its credential was revoked', () => {
    expect(() => resolveToken({ ...claims, credential: 'credential-gone' }, null, index, NOW_MS)).toThrow(refused);
  });

  it('is refused once its credential has expired', () => {
    expect(() => resolveToken({ ...claims, credential: 'credential-short' }, null, index, NOW_MS)).toThrow(refused);
    expect(resolveToken({ ...claims, credential: 'credential-short' }, null, index, NOW_MS - 1).service).toBe('app');
  });

  it('is refused once its service is gone', () => {
    const without = new IdentityIndex([{ ...organization, services: [bot] }]);
    expect(() => resolveToken(claims, null, without, NOW_MS)).toThrow(refused);
  });

  it('is refused when the snapshot does not know the team whose limits would bind it', () => {
    const without = new IdentityIndex([{ ...organization, teams: [] }]);
    expect(() => resolveToken(claims, null, without, NOW_MS)).toThrow(refused);
  });

  it.each([{ service: 'service-bot' }, { organization: 'organization-2' }, { client_id: 'client-bot' }])(
    'is refused when its credential belongs to another: %j',
    (other) => {
      expect(() => resolveToken({ ...claims, ...other }, null, index, NOW_MS)).toThrow(refused);
    },
  );

  it('of an operator is nobody at the gateway', () => {
    const { organization: _, service: __, credential: ___, ...operator } = claims;
    expect(() => resolveToken({ ...operator, operator: true }, null, index, NOW_MS)).toThrow(refused);
  });
});

describe('a gateway key', () => {
  it('resolves to its service', () => {
    expect(resolveGatewayKey(hashGatewayKey(key), HERE, index, NOW_MS)).toMatchObject({
      service: 'app',
      credentialId: 'key-app',
    });
  });

  it('is refused when unknown or revoked', () => {
    expect(() => resolveGatewayKey(hashGatewayKey(newGatewayKey().key), HERE, index, NOW_MS)).toThrow(refused);
  });

  it('is refused from an address outside its ranges, also when that is written as IPv6', () => {
    const from = (address: string) => resolveGatewayKey('hash-office', { agent: null, address }, index, NOW_MS);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '2001:db8::1'])
      expect(from(address)).toMatchObject({ credentialId: 'key-office', allowedModels: ['fast'] });
    for (const address of ['10.2.0.1', '::ffff:10.2.0.1', '192.0.2.8', '2001:db9::1', '', 'localhost'])
      expect(() => from(address)).toThrow(refused);
  });

  it('is refused once it has expired', () => {
    expect(() => resolveGatewayKey('hash-short', HERE, index, NOW_MS)).toThrow(refused);
  });
});

describe('the agent of a call', () => {
  it('is the name that the service gives', () => {
    expect(resolveToken(claims, 'planner.v2', index, NOW_MS).agent).toBe('planner.v2');
    expect(resolveToken(claims, null, index, NOW_MS).agent).toBeNull();
  });

  it('is the service itself when it is of kind agent, whatever it calls itself', () => {
    expect(resolveToken(ofBot, null, index, NOW_MS).agent).toBe('billing-bot');
    expect(resolveToken(ofBot, 'somebody-else', index, NOW_MS).agent).toBe('billing-bot');
  });

  it.each(['', 'Planner', 'a b', '-planner', 'a'.repeat(65), 'a\nb', 'ä', '{tag}'])('cannot be called %j', (name) => {
    expect(() => resolveToken(claims, name, index, NOW_MS)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'x-tollgate-agent' }),
    );
  });
});

describe('the admin API', () => {
  it('is open to operators', () => {
    expect(resolveOperatorClient({ ...claims, operator: true })).toEqual({
      kind: 'operator',
      id: 'client-app',
      name: 'client-app',
      tokenId: 'token-1',
    });
  });

  it('is closed to services', () => {
    expect(() => resolveOperatorClient(claims)).toThrow(refused);
  });
});
