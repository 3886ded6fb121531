import type { Clock } from '#libs/core';
import { CliFailure, reasonOf } from '../failure.js';
import type { Access } from './access.js';
import { requestToken } from './access-token.js';

const TIMEOUT_MS = 30_000;
/** A token is renewed this long before it ends. */
const LEEWAY_MS = 30_000;
const PAGE = 200;

/** A refusal of the admin API; `message` says what was asked and why not. */
export class ApiFailure extends CliFailure {
  override readonly name = 'ApiFailure';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export type Json = Readonly<Record<string, unknown>>;

/** A resource, and the entity tag of the version that was seen. */
export interface Seen {
  readonly body: Json;
  readonly etag: string;
}

/** The admin REST API as the operator. Paths are below /api/v1. Every method throws ApiFailure when it is refused. */
export class AdminApi {
  private token: { readonly text: string; readonly untilMs: number } | null = null;

  constructor(
    private readonly access: Access,
    private readonly clock: Clock,
  ) {}

  async get(path: string): Promise<Seen> {
    return seen(await this.send('GET', path));
  }

  /** As get, or null when there is no such resource. */
  async find(path: string): Promise<Seen | null> {
    try {
      return await this.get(path);
    } catch (cause) {
      if (cause instanceof ApiFailure && cause.status === 404) return null;
      throw cause;
    }
  }

  /** All of a list, page after page. */
  async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<Json[]> {
    const items: Json[] = [];
    let cursor: string | null = null;
    do {
      const parameters = new URLSearchParams({ ...query, limit: String(PAGE), ...(cursor !== null && { cursor }) });
      const page = (await (await this.send('GET', `${path}?${parameters}`)).json()) as {
        readonly data: readonly Json[];
        readonly nextCursor: string | null;
      };
      items.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  async create(path: string, body: Json): Promise<Seen> {
    return seen(await this.send('POST', path, { body }));
  }

  /** Changes the version named by `etag` and no other. */
  async update(path: string, etag: string, body: Json): Promise<Seen> {
    return seen(await this.send('PATCH', path, { body, etag }));
  }

  async remove(path: string, etag: string): Promise<void> {
    await this.send('DELETE', path, { etag });
  }

  /** The answer to a GET or, with a body, a POST, as it is. */
  async send(method: string, path: string, { body, etag }: { body?: Json; etag?: string } = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${await this.currentToken()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(etag !== undefined && { 'if-match': etag }),
    };
    const response = await fetch(`${this.access.admin}/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new CliFailure(`The admin app at ${this.access.admin} cannot be reached: ${reasonOf(cause)}`);
    });
    if (response.ok) return response;
    throw new ApiFailure(response.status, `${method} ${path} was refused: ${await refusal(response)}`);
  }

  private async currentToken(): Promise<string> {
    const now = this.clock.now();
    if (this.token === null || this.token.untilMs - LEEWAY_MS < now) {
      const { token, expiresInSeconds } = await requestToken(
        this.access.issuer,
        this.access.client,
        'urn:tollgate:admin',
      );
      this.token = { text: token, untilMs: now + expiresInSeconds * 1000 };
    }
    return this.token.text;
  }
}

async function seen(response: Response): Promise<Seen> {
  return { body: (await response.json()) as Json, etag: response.headers.get('etag') ?? '' };
}

/** A problem document (RFC 9457) as one line. */
async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { detail, errors = [] } = JSON.parse(text) as {
      detail?: string;
      errors?: { field: string; message: string }[];
    };
    const fields = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
    return [String(response.status), detail ?? '', fields && `(${fields})`].filter(Boolean).join(' ');
  } catch {
    return String(response.status);
  }
}
