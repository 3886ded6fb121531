import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { Agent, type Dispatcher } from 'undici';
import { isPrivateAddress } from '#libs/providers';

export interface UpstreamRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly signal: AbortSignal;
  readonly connectMs: number;
  /** Milliseconds of silence that a body may have. */
  readonly silenceMs: number;
  /** Called when the request has gone out: from then on the provider may be at work on it. */
  readonly onSent?: () => void;
}

export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body as text; throws when it is larger than `limitBytes`. */
  text(limitBytes: number): Promise<string>;
  /** Gives the connection back without reading on. */
  discard(): void;
}

/** The base URL points where the operator does not allow it. Never retried: the next candidate may be better. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

export interface UpstreamOptions {
  /** Whether base URLs may point to loopback or private networks. */
  readonly allowPrivate: boolean;
}

type Noted = Pick<UpstreamRequest, 'onSent'>;

/** undici tells only the handler of a request when it has gone out. */
class TellingAgent extends Agent {
  override dispatch(options: Agent.DispatchOptions & Noted, handler: Dispatcher.DispatchHandler): boolean {
    if (options.onSent) handler.onBodySent = options.onSent;
    return super.dispatch(options, handler);
  }
}

/** The one HTTP client to providers: pooled per origin, no redirects, names resolved once and checked before connecting. */
export class Upstream {
  /** By connect timeout, which undici wants to know per agent: a handful of values, as routes set few different ones. */
  private readonly agents = new Map<number, TellingAgent>();

  constructor(private readonly options: UpstreamOptions) {}

  async send(request: UpstreamRequest): Promise<UpstreamResponse> {
    const url = new URL(request.url);
    // A literal address is never looked up, so it is checked here.
    if (!this.options.allowPrivate && isPrivateAddress(url.hostname)) {
      throw new ForbiddenAddress('The provider’s base URL is on a private network.');
    }
    const response = await this.agent(request.connectMs).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...request.headers },
      body: request.body,
      signal: request.signal,
      // When the answer must begin is the caller's to say, by the signal: a whole answer sends its headers when it is complete.
      headersTimeout: 0,
      bodyTimeout: request.silenceMs,
      ...(request.onSent && { onSent: request.onSent }),
    });
    return {
      status: response.statusCode,
      headers: singleValues(response.headers),
      body: response.body,
      text: (limitBytes) => readText(response.body, limitBytes),
      // Destroying is an error event, which nobody else may be there to hear.
      discard: () => void response.body.on('error', () => undefined).destroy(),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.destroy()));
  }

  private agent(connectMs: number): TellingAgent {
    let agent = this.agents.get(connectMs);
    if (!agent) {
      const lookup = this.options.allowPrivate ? {} : { lookup: publicOnly };
      agent = new TellingAgent({
        pipelining: 1,
        keepAliveTimeout: 30_000,
        connect: { timeout: connectMs, ...lookup },
      });
      this.agents.set(connectMs, agent);
    }
    return agent;
  }
}

function singleValues(headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> {
  const single: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) single[name] = Array.isArray(value) ? value[0] : value;
  return single;
}

async function readText(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new RangeError(`the provider's answer is larger than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

type LookupDone = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Name resolution that refuses private addresses, so that a name which points inside is refused as the address would be. */
function publicOnly(hostname: string, options: LookupOptions, done: LookupDone): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const allowed = addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = allowed;
    if (!first) return done(new ForbiddenAddress('The provider’s host is on a private network.'), []);
    if (options.all) done(null, allowed);
    else done(null, first.address, first.family);
  });
}
