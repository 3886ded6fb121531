import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '#libs/admin-api';
import { accessToken, forgetToken } from '../session/session';
import { problemOf } from './problem';

const UNAUTHORIZED = 401;

/** Sends the person's token along; every answer that is none of success is thrown as a {@link Problem}. */
const authenticated: Middleware = {
  async onRequest({ request }) {
    request.headers.set('authorization', `Bearer ${await accessToken()}`);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    if (response.status === UNAUTHORIZED) forgetToken();
    throw await problemOf(response);
  },
};

/**
 * The admin API, typed by its OpenAPI document:
 * `api.GET('/api/v1/organizations/{organization}/teams', { params: { path: { organization } } })`.
 * Throws a Problem, so `data` of what comes back is there: see {@link answer}.
 */
export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(authenticated);

/** The body of an answer: `answer(api.GET(…))`. */
export async function answer<Data>(
  request: Promise<{ readonly data?: Data; readonly response: Response }>,
): Promise<Data> {
  const { data } = await request;
  return data as Data;
}

/** The body with the ETag to send back as If-Match. */
export async function tagged<Data>(
  request: Promise<{ readonly data?: Data; readonly response: Response }>,
): Promise<{ readonly data: Data; readonly etag: string }> {
  const { data, response } = await request;
  return { data: data as Data, etag: response.headers.get('etag') ?? '' };
}

/** A path of the API that is not JSON, such as a download or a stream. Throws a Problem. */
export async function fetchApi(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await accessToken()}`);
  const response = await fetch(path, { ...init, headers });
  if (response.ok) return response;
  if (response.status === UNAUTHORIZED) forgetToken();
  throw await problemOf(response);
}
