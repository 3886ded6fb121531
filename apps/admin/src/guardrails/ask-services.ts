import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { type ActiveCheck, asksServices, consult, type Direction, type Located, type Outside } from '#libs/guardrails';
import { isPrivateAddress } from '#libs/providers';
import type { AdminConfig } from '../connections/config.js';

const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const CONNECT_MS = 5_000;

/**
 * What services say of a text. The organization's models are asked by gateways only, which hold the credentials: here a check that needs one counts
 * as one whose service gives no answer.
 */
export async function askServices(
  text: string,
  active: readonly ActiveCheck[],
  at: Direction,
  { allowPrivateUpstreams }: Pick<AdminConfig, 'allowPrivateUpstreams'>,
): Promise<readonly Located[]> {
  if (!asksServices(active)) return [];
  const agent = new Agent({ connect: { timeout: CONNECT_MS, ...(!allowPrivateUpstreams && { lookup: publicOnly }) } });
  try {
    const outside: Outside = {
      postJson: (url, body, signal) => postJson(url, body, signal, agent, allowPrivateUpstreams),
      askModel: () => Promise.reject(new Error('models are asked by gateways')),
    };
    const found = await consult(text, active, at, { outside, signal: new AbortController().signal });
    return [...found.values()].flat();
  } finally {
    await agent.destroy();
  }
}

async function postJson(
  url: string,
  body: unknown,
  signal: AbortSignal,
  dispatcher: Agent,
  allowPrivate: boolean,
): Promise<unknown> {
  // A literal address is never looked up, so it is checked here.
  if (!allowPrivate && isPrivateAddress(new URL(url).hostname)) throw new Error('the service is on a private network');
  const answer = await request(url, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) throw new RangeError(`the answer is larger than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  if (answer.statusCode < 200 || answer.statusCode > 299) throw new Error(`status ${answer.statusCode}`);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** Resolves a name once and refuses it when any of its addresses is private, so that it cannot change in between. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(new Error('private address'), []);
    callback(null, addresses);
  });
};
