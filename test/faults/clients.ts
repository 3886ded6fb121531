import { uuidv7 } from '#libs/core';
import { chat, type Random } from '../e2e/load.js';

/** What became of a call, as its client saw it. */
export type Seen =
  /** The whole answer, to the last byte. */
  | 'answered'
  /** A status of 400 or more. */
  | 'refused'
  /** The connection broke, or the stream ended without its end. */
  | 'broken'
  /** The client left in the middle. */
  | 'left';

export interface ClientCall {
  readonly requestId: string;
  readonly team: string;
  readonly seen: Seen;
  readonly status: number | null;
}

export interface Callers {
  readonly urls: readonly string[];
  /** Team → gateway key of a service of it. */
  readonly keys: ReadonlyMap<string, string>;
}

/** How long a client waits for a whole answer. */
const PATIENCE_MS = 30_000;

/** One call of random size, kind, team and gateway. Never rejects. */
export async function oneCall({ urls, keys }: Callers, random: Random): Promise<ClientCall> {
  const [team, token] = pick([...keys], random);
  const requestId = uuidv7();
  const leaves = random.chance(0.05);
  const call = {
    url: pick(urls, random),
    token,
    model: 'costly',
    words: random.between(1, 20),
    maxTokens: random.between(2, 20),
    stream: leaves || random.chance(0.5),
    leaves,
    requestId,
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  try {
    const { status, complete } = await chat(call);
    const seen = status >= 400 ? 'refused' : complete ? 'answered' : leaves ? 'left' : 'broken';
    return { requestId, team, seen, status };
  } catch {
    return { requestId, team, seen: 'broken', status: null };
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.between(0, items.length - 1)] as T;
}
