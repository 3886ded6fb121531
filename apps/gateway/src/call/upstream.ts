import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { Readable } from 'node:stream';
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

/** What there is to know of a URL before it is called. */
interface Place {
  readonly origin: string;
  readonly path: string;
  readonly isPrivate: boolean;
}

const PLACES_MAX = 1_000;

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
  private readonly places = new Map<string, Place>();

  constructor(private readonly options: UpstreamOptions) {}

  async send(request: UpstreamRequest): Promise<UpstreamResponse> {
    const place = this.placeOf(request.url);
    // A literal address is never looked up, so it is checked here.
    if (!this.options.allowPrivate && place.isPrivate) {
      throw new ForbiddenAddress('The provider’s base URL is on a private network.');
    }
    const response = await this.agent(request.connectMs).request({
      origin: place.origin,
      path: place.path,
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

  /** Few URLs are called often: reading them anew each time costs more than finding them. */
  private placeOf(url: string): Place {
    let place = this.places.get(url);
    if (!place) {
      const { origin, pathname, search, hostname } = new URL(url);
      place = { origin, path: pathname + search, isPrivate: isPrivateAddress(hostname) };
      if (this.places.size >= PLACES_MAX) this.places.clear();
      this.places.set(url, place);
    }
    return place;
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
  for (const name in headers) {
    const value = headers[name];
    single[name] = Array.isArray(value) ? value[0] : value;
  }
  return single;
}

/** By events: an asynchronous iterator costs several times as much. */
function readText(body: Readable, limitBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) body.destroy(new RangeError(`the provider's answer is larger than ${limitBytes} bytes`));
      else chunks.push(chunk);
    });
    body.once('end', () => {
      const whole = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes);
      resolve(whole.toString('utf8'));
    });
    // Stays: a body that was destroyed may fail once more, and an error without listener ends the process.
    body.on('error', reject);
    body.once('close', () => reject(new Error('the provider broke its answer off')));
  });
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
