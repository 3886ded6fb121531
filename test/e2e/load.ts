import type { Stack } from './stack.js';
import { tokenOf, until } from './stack.js';

/** The same numbers on every run for the same seed: a linear congruential generator (Numerical Recipes). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A sequence of its own for the item of this number, whatever order items are taken in. */
  static of(seed: number, item: number): Random {
    const mixed = Math.imul(seed ^ Math.imul(item + 1, 0x9e37_79b1), 0x85eb_ca6b);
    return new Random(mixed ^ (mixed >>> 15));
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }

  /** An integer, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** A model at a dollar per thousand output tokens, so that a few words make money, and a route to it. */
export async function makeCostlyRoute(stack: Stack, route: object = {}): Promise<void> {
  await create(stack, '/models', {
    slug: 'costly',
    provider: 'openai',
    credential: 'openai',
    model: 'gpt-4.1-mini',
    prices: { inputPerMillion: '1', outputPerMillion: '1000' },
    limits: { maxOutputTokens: 2_000 },
  });
  await create(stack, '/routes', { slug: 'costly', targets: [{ model: 'costly' }], ...route });
}

export async function create<T = { id: string }>(stack: Stack, path: string, body: object): Promise<T> {
  const answer = await stack.admin<T>('POST', `/organizations/acme${path}`, body);
  if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A team with one service, known to every gateway; resolves with the service's token. */
export async function makeTeam(stack: Stack, slug: string, parent?: string): Promise<string> {
  await create(stack, '/teams', { slug, name: slug, ...(parent !== undefined && { parent }) });
  const { clientId, clientSecret } = await create<{ clientId: string; clientSecret: string }>(stack, '/services', {
    slug: `${slug}-app`,
    name: slug,
    team: slug,
  });
  const token = await until(() => tokenOf(stack.issuer, clientId, clientSecret).catch(() => null));
  for (const url of stack.gatewayUrls)
    await until(async () => (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${token}` } })).ok);
  return token;
}

export interface CallOptions {
  readonly url: string;
  readonly token: string;
  readonly model: string;
  readonly words: number;
  readonly maxTokens: number;
  readonly stream: boolean;
  /** The client leaves as soon as its streamed answer has begun. */
  readonly leaves?: boolean;
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

/** What a client saw. `complete`: it has the whole answer, to the last byte. */
export interface CallOutcome {
  readonly status: number;
  readonly complete: boolean;
  readonly code: string | null;
  readonly headers: Headers;
  readonly sentMs: number;
  readonly answeredMs: number;
}

const WORD = 'lorem ';

/** One chat completion. Rejects when the connection breaks, as a client would see it. */
export async function chat(options: CallOptions): Promise<CallOutcome> {
  const leaving = new AbortController();
  const signal = options.signal ? AbortSignal.any([leaving.signal, options.signal]) : leaving.signal;
  const sentMs = performance.now();
  const response = await fetch(`${options.url}/v1/chat/completions`, {
    method: 'POST',
    signal,
    headers: {
      authorization: `Bearer ${options.token}`,
      'content-type': 'application/json',
      ...(options.requestId !== undefined && { 'x-request-id': options.requestId }),
    },
    body: JSON.stringify({
      model: options.model,
      messages: [{ role: 'user', content: WORD.repeat(options.words) }],
      max_tokens: options.maxTokens,
      ...(options.stream && { stream: true }),
    }),
  });
  const seen = (complete: boolean, code: string | null): CallOutcome => ({
    status: response.status,
    complete,
    code,
    headers: response.headers,
    sentMs,
    answeredMs: performance.now(),
  });
  if (response.ok && options.stream && options.leaves) {
    leaving.abort();
    return seen(false, null);
  }
  const text = await response.text();
  if (!response.ok) return seen(false, (JSON.parse(text) as { error: { code: string } }).error.code);
  return seen(options.stream ? text.includes('data: [DONE]') : true, null);
}
