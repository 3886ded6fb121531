import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { exportJWK } from 'jose';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import { freePort } from '#libs/embedded';

/** What the corporate directory knows of a person, by login. */
export interface CorporatePerson {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

/** An identity provider of another make-up than ours, on loopback: its own keys, storage, pages and people. */
export interface CorporateProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly people: Map<string, CorporatePerson>;
  /** How often its keys were read. */
  readonly keyReads: number;
  /** An access token for a workload, by client credentials. */
  token(audience: string, clientId?: string): Promise<string>;
  /** Signs with a new key from now on; `keepOld` says whether the old one stays published. */
  rotate(options: { readonly keepOld: boolean }): Promise<void>;
  /** Whether it answers at all. */
  away: boolean;
}

/** The redirect URI must be the one that the API tells. */
export async function startCorporateProvider(redirectUri: string): Promise<CorporateProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}/realms/acme`;
  const people = new Map<string, CorporatePerson>();
  let keys = [await newKey()];
  let handler = await handlerOf(issuer, keys, people, redirectUri);
  const state = { away: false, keyReads: 0 };
  const server = createServer((request, response) => {
    if (state.away) return void response.writeHead(503).end();
    if (request.url?.startsWith('/realms/acme/jwks')) state.keyReads += 1;
    request.url = request.url?.replace('/realms/acme', '') ?? '/';
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const token: CorporateProvider['token'] = async (audience, clientId = 'workload') => {
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:secret`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  return {
    issuer,
    people,
    get keyReads() {
      return state.keyReads;
    },
    get away() {
      return state.away;
    },
    set away(away) {
      state.away = away;
    },
    token,
    rotate: async ({ keepOld }) => {
      keys = [await newKey(), ...(keepOld ? keys : [])];
      handler = await handlerOf(issuer, keys, people, redirectUri);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' } as JWK;
}

async function handlerOf(
  issuer: string,
  keys: JWK[],
  people: CorporateProvider['people'],
  redirectUri: string,
): Promise<RequestListener> {
  const provider = new Provider(issuer, configuration(keys, people, redirectUri));
  return provider.callback();
}

function configuration(keys: JWK[], people: CorporateProvider['people'], redirectUri: string): Configuration {
  const workload = (client_id: string) => ({
    client_id,
    client_secret: 'secret',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  });
  return {
    jwks: { keys },
    cookies: { keys: ['test'] },
    clients: [
      {
        client_id: 'tollgate',
        client_secret: 'corporate-secret',
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
      workload('workload'),
      workload('other-workload'),
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    // Groups in the ID token only when asked for at userinfo: as many providers do it.
    conformIdTokenClaims: true,
    findAccount: (_context, login) => {
      const { email, emailVerified, name, groups } = people.get(login) ?? {};
      return { accountId: login, claims: () => ({ sub: login, email, email_verified: emailVerified, name, groups }) };
    },
    loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        getResourceServerInfo: (_context, resource) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: () => ({ environment: 'prod' }),
  };
}
