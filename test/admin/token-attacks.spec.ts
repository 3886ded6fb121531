import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { type CryptoKey, decodeJwt, exportJWK, importJWK, type JWTHeaderParameters, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IssuerKey, openKey } from '../../apps/admin/src/issuer/keys.js';
import { type CorporateProvider, startCorporateProvider } from './corporate-provider.js';
import { newProofKey, type ProofFacts, type ProofKey, proofOf } from './dpop-proof.js';
import { ADMIN_URL, type AdminApp, given, startAdmin } from './start-admin.js';
import { eventually, type FollowingGateway, startFollowingGateway } from './start-gateway.js';
import { askToken, type Client, ownToken } from './token-endpoint.js';

/*
 * Every way to get in with a token that one should not get in with, at a real gateway that follows a real issuer. Each attack
 * differs in one point from a token that is let in, which the first test shows.
 */

const acme = '/organizations/acme';
/** Where clients believe that the gateways are. */
const GATEWAY_URL = 'https://gateway.test';

let admin: AdminApp;
let gateway: FollowingGateway;
let corporate: CorporateProvider;
let shop: Client;
let key: IssuerKey;

beforeAll(async () => {
  admin = await startAdmin();
  gateway = await startFollowingGateway(admin, { publicUrl: GATEWAY_URL });
  corporate = await startCorporateProvider(`${ADMIN_URL}/sign-in/return`);
  await given(
    admin,
    ...['acme', 'other'].flatMap((slug) => [
      ['/organizations', { slug, name: slug }] as const,
      [`/organizations/${slug}/teams`, { slug: 'search', name: 'Search' }] as const,
    ]),
    ['/organizations/other/services', { slug: 'web', name: 'Web', team: 'search' }],
  );
  shop = await newService('shop');
  const { database, platformKey } = admin.connections;
  key = openKey(await database.prisma.issuerKey.findFirstOrThrow(), platformKey);
  await eventually(async () => (await gateway.statusFor(await ownToken(admin, shop))) === 200);
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await corporate[Symbol.asyncDispose]();
  await admin.stop();
});

async function newService(slug: string, more: object = {}): Promise<Client> {
  return (await admin.call('POST', `${acme}/services`, { slug, name: slug, team: 'search', ...more })).body;
}

interface Forged {
  readonly header?: object;
  readonly claims?: object;
  readonly key?: CryptoKey | Uint8Array;
}

/** A token as the issuer makes it, signed with the issuer's own key, but for what is given. */
async function forged({ header = {}, claims = {}, key: signing }: Forged = {}): Promise<string> {
  const good = { alg: 'ES256', typ: 'at+jwt', kid: key.kid };
  const payload = { ...decodeJwt(await ownToken(admin, shop)), jti: randomUUID(), ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ ...good, ...header } as JWTHeaderParameters)
    .sign(signing ?? (await importJWK(key.privateJwk, 'ES256')));
}

const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' });

it('a token as the issuer makes it is let in', async () => {
  expect(await gateway.statusFor(await forged())).toBe(200);
});

describe('refused with 401 is a token', () => {
  it.each<[string, () => Promise<string>]>([
    [
      'with alg none',
      async () => {
        const [, payload] = (await forged()).split('.');
        return `${text({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${payload}.`;
      },
    ],
    [
      'signed by HS256 with the public key as the secret',
      async () => {
        const [, payload] = (await forged()).split('.');
        const signed = `${text({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${payload}`;
        const pem = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' }).export({
          type: 'spki',
          format: 'pem',
        });
        return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
      },
    ],
    ['with a kid that the issuer does not have', () => forged({ header: { kid: 'foreign' } })],
    ['without a kid', () => forged({ header: { kid: undefined } })],
    [
      'of another key under the issuer’s kid',
      async () => forged({ key: (await importJWK(await exportJWK(strangers.privateKey), 'ES256')) as CryptoKey }),
    ],
    ['that points to its key by jku', () => forged({ header: { jku: 'https://attacker.example/jwks' } })],
    ['that points to its key by x5u', () => forged({ header: { x5u: 'https://attacker.example/cert' } })],
    ['that brings its key as jwk', async () => forged({ header: { jwk: await exportJWK(strangers.publicKey) } })],
    ['that brings its key as x5c', () => forged({ header: { x5c: ['MIIB'] } })],
    ['for another audience', () => forged({ claims: { aud: 'urn:tollgate:admin' } })],
    ['without an audience', () => forged({ claims: { aud: undefined } })],
    ['of another issuer', () => forged({ claims: { iss: 'https://attacker.example' } })],
    ['that has expired', () => forged({ claims: { exp: nowSeconds() - 1 } })],
    ['that never expires', () => forged({ claims: { exp: undefined } })],
    ['that is not valid yet', () => forged({ claims: { nbf: nowSeconds() + 600 } })],
    ['without typ', () => forged({ header: { typ: undefined } })],
    ['that is an ID token', () => forged({ header: { typ: 'JWT' } })],
    ['of another service’s client', () => forged({ claims: { client_id: 'svc_other' } })],
    ['of another organization than its credential', () => forged({ claims: { organization: randomUUID() } })],
    ['with a signature that was cut off', async () => (await forged()).replace(/[^.]+$/, '')],
    [
      'whose claims were changed after it was signed',
      async () => {
        const [header, , signature] = (await forged()).split('.');
        return `${header}.${text({ ...decodeJwt(await forged()), exp: nowSeconds() + 86_400 })}.${signature}`;
      },
    ],
  ])('%s', async (_, attack) => {
    expect(await gateway.statusFor(await attack())).toBe(401);
  });

  it('of an issuer that another organization trusts: it opens that one’s service and nothing here', async () => {
    const audience = 'https://gateway.other.example';
    await given(
      admin,
      [`${acme}/provider-credentials`, { slug: 'sim', provider: 'openai', secret: 'x', baseUrl: 'http://127.0.0.1:9' }],
      [`${acme}/models`, { slug: 'gpt', provider: 'openai', credential: 'sim', model: 'gpt-4.1-mini' }],
      [`${acme}/routes`, { slug: 'fast', targets: [{ model: 'gpt' }] }],
      [
        '/organizations/other/identity-providers',
        {
          slug: 'corporate',
          name: 'Theirs',
          issuer: corporate.issuer,
          services: [{ service: 'web', audience, subject: 'workload' }],
        },
      ],
    );
    const theirs = await corporate.token(audience);
    await eventually(async () => (await gateway.statusFor(theirs)) === 200);
    await eventually(async () => (await gateway.modelsFor(await forged())).length > 0);
    expect(await gateway.modelsFor(theirs)).toEqual([]);
    expect(await gateway.statusFor(await corporate.token('https://gateway.acme.example'))).toBe(401);
  });

  it('of a service that was deleted, within a second', async () => {
    const doomed = await newService('doomed');
    const token = await ownToken(admin, doomed);
    await eventually(async () => (await gateway.statusFor(token)) === 200);
    await admin.call('DELETE', `${acme}/services/doomed`);
    await eventually(async () => (await gateway.statusFor(token)) === 401, 1_000);
  });
});

it('a client assertion (private_key_jwt) gets one token, and none when it is sent again', async () => {
  const keyed = await newService('keyed');
  const jwks = { keys: [{ ...(await exportJWK(strangers.publicKey)), kid: 'k', alg: 'ES256' }] };
  await given(admin, [`${acme}/services/keyed/credentials`, { jwks }]);
  const { clientId } = keyed;
  const claims = { iss: clientId, sub: clientId, aud: `${ADMIN_URL}/oidc`, jti: randomUUID(), exp: nowSeconds() + 60 };
  const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(strangers.privateKey);
  const present = () =>
    fetch(`${admin.url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }),
    });
  expect([(await present()).status, (await present()).status]).toEqual([200, 401]);
});

describe('a token that is bound to a key (DPoP)', () => {
  const atIssuer = { htm: 'POST', htu: `${ADMIN_URL}/oidc/token` };
  const grant = { grant_type: 'client_credentials' };
  let own: ProofKey;
  let token: string;

  beforeAll(async () => {
    own = await newProofKey();
    const answer = await askToken(admin, shop, grant, { dpop: await proofOf(own, atIssuer) });
    expect([answer.status, answer.body.token_type]).toEqual([200, 'DPoP']);
    token = answer.body.access_token;
    expect(decodeJwt(token)).toMatchObject({ cnf: { jkt: own.jkt } });
  });

  const rightProof = (): ProofFacts => ({ htm: 'GET', htu: `${GATEWAY_URL}/v1/models`, token });
  const show = async (proof: string | undefined, scheme = 'DPoP', { url } = gateway) => {
    const answer = await fetch(`${url}/v1/models?limit=1`, {
      headers: { authorization: `${scheme} ${token}`, ...(proof !== undefined && { dpop: proof }) },
    });
    await answer.arrayBuffer();
    return [answer.status, answer.headers.get('www-authenticate')?.match(/^DPoP .*error="(\w+)"/)?.[1]];
  };
  const REFUSED = [401, 'invalid_dpop_proof'];

  it('is let in with a proof of its key for this request', async () => {
    expect(await show(await proofOf(own, rightProof()))).toEqual([200, undefined]);
  });

  it('works with openid-client, which makes the proofs itself', async () => {
    const configuration = await client.discovery(
      new URL(`${ADMIN_URL}/oidc`),
      shop.clientId,
      undefined,
      client.ClientSecretBasic(shop.clientSecret),
      {
        execute: [client.allowInsecureRequests],
        [client.customFetch]: (url, options) =>
          fetch(url.replace(ADMIN_URL, admin.url).replace(GATEWAY_URL, gateway.url), options as RequestInit),
      },
    );
    const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair());
    const answer = await client.clientCredentialsGrant(configuration, {}, { DPoP });
    const url = new URL(`${GATEWAY_URL}/v1/models`);
    const models = await client.fetchProtectedResource(
      configuration,
      answer.access_token,
      url,
      'GET',
      null,
      undefined,
      {
        DPoP,
      },
    );
    expect(models.status).toBe(200);
  });

  it('is refused with a proof that was used, also when it is sent many times at once', async () => {
    const proof = await proofOf(own, rightProof());
    const answers = await Promise.all(Array.from({ length: 5 }, () => show(proof)));
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
    expect(await show(proof)).toEqual(REFUSED);
  });

  it('is refused with a proof that was used at another gateway', async () => {
    await using second = await startFollowingGateway(admin, { publicUrl: GATEWAY_URL });
    await eventually(async () => (await second.statusFor(await forged())) === 200);
    const proof = await proofOf(own, rightProof());
    expect(await show(proof)).toEqual([200, undefined]);
    expect(await show(proof, 'DPoP', second)).toEqual(REFUSED);
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['without a proof', async () => undefined],
    ['with a proof of another key', async () => proofOf(await newProofKey(), rightProof())],
    [
      'with a proof that names the key and is signed with another',
      async () => proofOf(await newProofKey(), { ...rightProof(), jwk: own.jwk }),
    ],
    ['with a proof for another method', () => proofOf(own, { ...rightProof(), htm: 'POST' })],
    ['with a proof for another path', () => proofOf(own, { ...rightProof(), htu: `${GATEWAY_URL}/v1/messages` })],
    [
      'with a proof for another host',
      () => proofOf(own, { ...rightProof(), htu: 'https://attacker.example/v1/models' }),
    ],
    ['with a proof made two minutes ago', () => proofOf(own, { ...rightProof(), iat: nowSeconds() - 120 })],
    ['with a proof made in two minutes', () => proofOf(own, { ...rightProof(), iat: nowSeconds() + 120 })],
    ['with a proof for another token', async () => proofOf(own, { ...rightProof(), token: await forged() })],
    ['with a proof that is another kind of JWT', () => proofOf(own, { ...rightProof(), typ: 'JWT' })],
    ['with a proof without a name', () => proofOf(own, { ...rightProof(), jti: '' })],
    ['with nonsense for a proof', async () => 'nonsense'],
  ])('is refused %s', async (_, attack) => {
    expect(await show(await attack())).toEqual(REFUSED);
  });

  it('is refused as a bearer token, with a right proof too', async () => {
    expect(await show(await proofOf(own, rightProof()), 'Bearer')).toEqual(REFUSED);
  });

  it('cannot be had with a proof that was used at the issuer', async () => {
    const dpop = await proofOf(own, atIssuer);
    const statuses = [await askToken(admin, shop, grant, { dpop }), await askToken(admin, shop, grant, { dpop })];
    expect(statuses.map(({ status }) => status)).toEqual([200, 400]);
  });

  it('is the only way in for a service that requires it', async () => {
    const strict = await newService('strict', { requireDpop: true });
    const { key: gatewayKey } = (await admin.call('POST', `${acme}/services/strict/keys`, { name: 'k' })).body;
    expect((await askToken(admin, strict)).body.error).toBe('invalid_grant');
    const answer = await askToken(admin, strict, grant, { dpop: await proofOf(own, atIssuer) });
    const strictToken = answer.body.access_token;
    await eventually(async () => {
      const dpop = await proofOf(own, { ...rightProof(), token: strictToken });
      const { status } = await fetch(`${gateway.url}/v1/models`, {
        headers: { authorization: `DPoP ${strictToken}`, dpop },
      });
      return status === 200;
    });
    expect(await gateway.statusFor(gatewayKey)).toBe(401);
  });

  it('opens nothing at the admin API', async () => {
    const { status } = await admin.call('GET', '/organizations', undefined, { authorization: `DPoP ${token}` });
    expect(status).toBe(401);
  });
});
