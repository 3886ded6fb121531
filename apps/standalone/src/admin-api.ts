import type { ClientCredentials } from './credentials.js';

/** A refusal of the admin API. */
export class AdminApiError extends Error {
  override readonly name = 'AdminApiError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The admin REST API as its first client uses it. Paths are below /api/v1. */
export interface AdminApi {
  /** The resource, or null when there is none. */
  find<T>(path: string): Promise<{ readonly body: T; readonly etag: string } | null>;
  list<T>(path: string): Promise<readonly T[]>;
  create<T>(path: string, body: object): Promise<T>;
  update<T>(path: string, etag: string, body: object): Promise<T>;
}

const TIMEOUT_MS = 15_000;

/** Gets a token from the built-in issuer and speaks with it; for the few seconds of a start one token is enough. */
export async function connectAdminApi(adminUrl: string, client: ClientCredentials): Promise<AdminApi> {
  const token = await accessToken(`${adminUrl}/oidc/token`, client);
  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${adminUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return response;
    throw new AdminApiError(response.status, `${method} ${path}: ${response.status} ${await response.text()}`);
  };
  return {
    find: async <T>(path: string) => {
      try {
        const response = await send('GET', path);
        return { body: (await response.json()) as T, etag: response.headers.get('etag') ?? '' };
      } catch (cause) {
        if (cause instanceof AdminApiError && cause.status === 404) return null;
        throw cause;
      }
    },
    list: async <T>(path: string) => ((await (await send('GET', path)).json()) as { data: T[] }).data,
    create: async <T>(path: string, body: object) => (await (await send('POST', path, body)).json()) as T,
    update: async <T>(path: string, etag: string, body: object) =>
      (await (await send('PATCH', path, body, { 'if-match': etag })).json()) as T,
  };
}

/** RFC 6749 §4.4 with client_secret_basic; id and secret are form-encoded first (§2.3.1). */
async function accessToken(endpoint: string, { clientId, clientSecret }: ClientCredentials): Promise<string> {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new AdminApiError(response.status, `the issuer refused a token: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
