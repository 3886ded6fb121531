import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, fetch, type RequestInit } from 'undici';
import { isPrivateAddress } from '#libs/providers';

export interface OutboundRules {
  /** TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: plain http and private networks are allowed. */
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
}

const PRIVATE = 'PRIVATE_ADDRESS';

/** Connections to addresses that somebody typed: none on loopback or a private network, whatever a name resolves to. */
export function outboundAgent({ allowPrivate, timeoutMs }: OutboundRules): Agent {
  return new Agent({ connect: { timeout: timeoutMs, ...(!allowPrivate && { lookup: publicOnly }) } });
}

/** Throws for a host written as a private address: such a one is not looked up. */
export function requirePublicHost(url: string, { allowPrivate }: Pick<OutboundRules, 'allowPrivate'>): void {
  if (!allowPrivate && isPrivateAddress(new URL(url).hostname)) throw privateAddress();
}

export function leadsToPrivateAddress(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return ('code' in cause && cause.code === PRIVATE) || leadsToPrivateAddress(cause.cause);
}

/** Throws RangeError when there is more. */
export async function readAtMost(body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new RangeError(`the answer is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** As fetch, by these rules; answers over `bytesMax` are an error. For libraries that want a fetch. */
export function outboundFetch(rules: OutboundRules, bytesMax: number) {
  return async (url: string, init: object): Promise<Response> => {
    requirePublicHost(url, rules);
    const agent = outboundAgent(rules);
    try {
      const signal = AbortSignal.timeout(rules.timeoutMs);
      const answer = await fetch(url, { ...(init as RequestInit), dispatcher: agent, signal });
      const body = answer.body === null ? null : new Uint8Array(await readAtMost(answer.body, bytesMax));
      return new Response(body, { status: answer.status, headers: [...answer.headers] });
    } finally {
      await agent.destroy();
    }
  };
}

const privateAddress = (): Error => Object.assign(new Error('private address'), { code: PRIVATE });

/** Resolves a name once and refuses it when any of its addresses is private, so that it cannot change in between. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(privateAddress(), []);
    callback(null, addresses);
  });
};
