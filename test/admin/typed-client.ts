import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '#libs/admin-api';

/** A client that knows every path, parameter, body and answer of the admin API from its OpenAPI document. */
export type TypedClient = Client<paths>;

/** The prefix of everything that belongs to one organization. */
export const ORGANIZATION = '/api/v1/organizations/{organization}';

/** Asks the app at `url` as whoever has this `authorization` header. */
export function typedClient(url: string, authorization: string): TypedClient {
  return createClient<paths>({ baseUrl: url, headers: { authorization } });
}

/** Path parameters of an operation of one organization. */
export const inOrganization = (organization: string) => ({ path: { organization } });

interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** What an operation answered; throws when it refused, so that a spec's premises are not its findings. */
export function granted<Data>({ data, error, response }: Answered<Data>): Data {
  if (data === undefined) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
  return data;
}
