import type { AdminApp } from './start-admin.js';

/** A service as the API answers when it is created: with its client. */
export interface Client {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a spec says what it expects of the body by asserting it.
  readonly body: any;
}

/** Asks the token endpoint as a client with its secret. */
export async function askToken(
  admin: AdminApp,
  { clientId, clientSecret }: Pick<Client, 'clientId' | 'clientSecret'>,
  form: Readonly<Record<string, string>> = { grant_type: 'client_credentials' },
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const answer = await fetch(`${admin.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, ...headers },
    body: new URLSearchParams(form),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** A gateway token of the client's own. */
export async function ownToken(admin: AdminApp, client: Pick<Client, 'clientId' | 'clientSecret'>): Promise<string> {
  return (await askToken(admin, client)).body.access_token;
}

/** Exchanges a token for one to act on its subject's behalf (RFC 8693). */
export function exchange(
  admin: AdminApp,
  actor: Pick<Client, 'clientId' | 'clientSecret'>,
  subjectToken: string,
  more: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  return askToken(admin, actor, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subjectToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    ...more,
  });
}
