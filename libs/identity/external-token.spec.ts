import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import {
  type ExternalKey,
  IdentityIndex,
  namedIssuer,
  type OrganizationIdentity,
  resolveExternalToken,
  type ServiceRule,
  verifyExternalToken,
} from './index.js';

const NOW_MS = 1_800_000_000_000;
const NOW = NOW_MS / 1000;
const ISSUER = 'https://login.corporate.example';
const AUDIENCE = 'https://gateway.acme.example';

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicJwk = (key: KeyObject, kid: string): ExternalKey =>
  ({ ...key.export({ format: 'jwk' }), kid }) as ExternalKey;
const [one, next] = [pair(), pair()];
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

const rule = (facts: Partial<ServiceRule>): ServiceRule => ({
  service: 'app',
  audience: AUDIENCE,
  subject: null,
  claims: {},
  ...facts,
});

function organization(name: string, rules: readonly ServiceRule[], keys = [publicJwk(one.publicKey, 'one')]) {
  const service = (slug: string) => ({
    id: `${name}-${slug}`,
    slug,
    team: 'backend',
    kind: 'service' as const,
    clientId: `${name}-${slug}`,
    allowedModels: ['*'],
    credentials: [],
    keys: [],
  });
  return {
    organizationId: name,
    organization: name,
    teams: [{ slug: 'backend', costCenter: null, path: ['backend'] }],
    services: [service('app'), service('batch')],
    identityProviders: [{ id: `idp-${name}`, issuer: ISSUER, keys, rules }],
  } satisfies OrganizationIdentity;
}

const claims: JWTPayload = { iss: ISSUER, sub: 'workload-7', aud: AUDIENCE, iat: NOW - 10, exp: NOW + 600 };
const sign = (payload: JWTPayload = claims, header: Partial<JWTHeaderParameters> = {}, key = one.privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'JWT', ...header }).sign(key);

const acme = organization('acme', [rule({ subject: 'workload-7' })]);
const index = new IdentityIndex([acme]);
const onUnknownKey = vi.fn();
const verify = (token: string, at: IdentityIndex = index) =>
  verifyExternalToken(token, at.issuersNamed(namedIssuer(token) ?? ''), { nowMs: NOW_MS, onUnknownKey });
const resolve = async (token: string, at: IdentityIndex = index) =>
  resolveExternalToken(await verify(token, at), null, at);
const refused = expect.objectContaining({ code: 'invalid_token' });

describe('a token of a trusted issuer', () => {
  it('stands for the service that a rule names', async () => {
    expect(await resolve(await sign())).toMatchObject({
      organizationId: 'acme',
      service: 'app',
      team: 'backend',
      credentialId: 'idp-acme',
    });
  });

  it('is accepted with RS256, with no type, and as an access token of RFC 9068', async () => {
    const at = new IdentityIndex([
      organization('acme', acme.identityProviders[0]!.rules, [publicJwk(rsa.publicKey, 'r')]),
    ]);
    expect(await resolve(await sign(claims, { alg: 'RS256', kid: 'r' }, rsa.privateKey), at)).toBeDefined();
    const { typ: _, ...untyped } = { alg: 'ES256', kid: 'one', typ: 'JWT' };
    expect(await resolve(await new SignJWT(claims).setProtectedHeader(untyped).sign(one.privateKey))).toBeDefined();
    expect(await resolve(await sign(claims, { typ: 'at+jwt' }))).toBeDefined();
  });

  it.each<[string, () => Promise<string>]>([
    ['has expired', () => sign({ ...claims, exp: NOW - 31 })],
    ['is not yet valid', () => sign({ ...claims, nbf: NOW + 60 })],
    ['has no expiry', () => sign({ ...claims, exp: undefined as never })],
    ['has no subject', () => sign({ ...claims, sub: undefined as never })],
    ['is signed by another key of the same id', () => sign(claims, {}, next.privateKey)],
    ['names a key that nobody has', () => sign(claims, { kid: 'nobody' })],
    [
      'brings its own key',
      () => sign(claims, { jwk: next.publicKey.export({ format: 'jwk' }) } as never, next.privateKey),
    ],
    ['says where its key is', () => sign(claims, { jku: 'https://evil.example/jwks' })],
    ['brings a certificate', () => sign(claims, { x5c: ['MIIB'] })],
    ['is of another kind', () => sign(claims, { typ: 'logout+jwt' })],
    ['is not signed', async () => unsigned({ alg: 'none', kid: 'one' })],
    ['is signed by HMAC with the public key', async () => hmac()],
  ])('is refused when it %s', async (_, make) => {
    await expect(verify(await make())).rejects.toEqual(refused);
  });

  function unsigned(header: object): string {
    return `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  }

  function hmac(): string {
    const body = unsigned({ alg: 'HS256', kid: 'one' }).slice(0, -1);
    const secret = one.publicKey.export({ type: 'spki', format: 'pem' });
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
  }
});

describe('rules', () => {
  const fits = async (facts: Partial<ServiceRule>, payload: JWTPayload = claims): Promise<boolean> => {
    const at = new IdentityIndex([organization('acme', [rule(facts)])]);
    return resolve(await sign(payload), at).then(
      () => true,
      () => false,
    );
  };

  it.each<[boolean, string, Partial<ServiceRule>, JWTPayload?]>([
    [true, 'the audience is one of several', {}, { ...claims, aud: ['other', AUDIENCE] }],
    [false, 'the audience is another', {}, { ...claims, aud: 'other' }],
    [false, 'the audience only begins like it', {}, { ...claims, aud: `${AUDIENCE}.evil.example` }],
    [false, 'the subject is another', { subject: 'workload-8' }],
    [false, 'the subject only begins like it', { subject: 'workload' }],
    [true, 'the subject begins as a * at the end allows', { subject: 'workload-*' }],
    [true, 'a claim is as said', { claims: { repository: 'acme/app' } }, { ...claims, repository: 'acme/app' }],
    [false, 'a claim is missing', { claims: { repository: 'acme/app' } }],
    [
      true,
      'a claim within a claim is as said',
      { claims: { 'k8s.namespace': 'prod' } },
      { ...claims, k8s: { namespace: 'prod' } },
    ],
    [true, 'a claim of that very name is as said', { claims: { 'k8s.ns': 'prod' } }, { ...claims, 'k8s.ns': 'prod' }],
    [true, 'a list has it', { claims: { groups: 'ai' } }, { ...claims, groups: ['x', 'ai'] }],
    [true, 'a number or truth is as said', { claims: { tier: '3', ok: 'true' } }, { ...claims, tier: 3, ok: true }],
    [false, 'one of two claims is not', { claims: { a: '1', b: '2' } }, { ...claims, a: '1', b: '3' }],
    [false, 'the claim is an object', { claims: { a: '[object Object]' } }, { ...claims, a: {} }],
    [false, 'the claim is what objects inherit', { claims: { constructor: '*' } }],
    [false, 'the service is not there', { service: 'gone' }],
  ])('%s when %s', async (expected, _, facts, payload) => {
    expect(await fits(facts, payload)).toBe(expected);
  });

  it('of several organizations for one token let nobody in, so that none can take another’s callers', async () => {
    const both = new IdentityIndex([acme, organization('evil', [rule({ subject: 'workload-*' })])]);
    await expect(resolve(await sign(), both)).rejects.toThrow('stands for several services');
  });

  it('of several organizations do not mix when the audience tells them apart', async () => {
    const other = organization('other', [rule({ audience: 'https://other.example', subject: '*' })]);
    const both = new IdentityIndex([acme, other]);
    expect(await resolve(await sign(), both)).toMatchObject({ organizationId: 'acme' });
    const theirs = await sign({ ...claims, aud: 'https://other.example' });
    expect(await resolve(theirs, both)).toMatchObject({ organizationId: 'other' });
  });
});

describe('a token verified earlier', () => {
  it.each<[string, OrganizationIdentity]>([
    ['the key was withdrawn', organization('acme', acme.identityProviders[0]!.rules, [])],
    [
      'the key was replaced under the same id',
      organization('acme', acme.identityProviders[0]!.rules, [publicJwk(next.publicKey, 'one')]),
    ],
    ['the rule was taken away', organization('acme', [])],
    ['the service was ended', { ...acme, services: [] }],
    ['the issuer is no longer trusted', { ...acme, identityProviders: [] }],
    ['the organization has no identity providers at all', (({ identityProviders: _, ...rest }) => rest)(acme)],
  ])('is refused once %s', async (_, after) => {
    const verified = await verify(await sign());
    expect(() => resolveExternalToken(verified, null, new IdentityIndex([after]))).toThrow(refused);
  });

  it('counts on through a rotation that keeps its key', async () => {
    const verified = await verify(await sign());
    const keys = [publicJwk(next.publicKey, 'next'), publicJwk(one.publicKey, 'one')];
    const rotated = new IdentityIndex([organization('acme', acme.identityProviders[0]!.rules, keys)]);
    expect(resolveExternalToken(verified, null, rotated).service).toBe('app');
  });
});

describe('an unknown key', () => {
  it('is asked for, a known one is not', async () => {
    onUnknownKey.mockClear();
    await verify(await sign());
    await expect(verify(await sign(claims, {}, next.privateKey))).rejects.toEqual(refused);
    expect(onUnknownKey).not.toHaveBeenCalled();
    await expect(verify(await sign(claims, { kid: 'next' }, next.privateKey))).rejects.toEqual(refused);
    expect(onUnknownKey).toHaveBeenCalledExactlyOnceWith([expect.objectContaining({ id: 'idp-acme' })]);
  });
});
