import type { Redis } from 'ioredis';
import type { Proof } from '#libs/identity';
import { keys } from '#libs/redis';

/** Proofs remembered here while Redis is away; beyond, the oldest is forgotten. */
const OWN_MAX = 100_000;

/**
 * Which proofs of possession were used: each counts once, at all gateways together. One command of its own, and only for
 * tokens that are bound to a key. While Redis is away a gateway remembers what it has seen itself, so that a proof counts
 * once at each.
 */
export class Proofs {
  readonly #own = new Map<string, number>();

  constructor(
    private readonly redis: Redis,
    private readonly nowMs: () => number,
  ) {}

  /** Whether it is the first time. */
  async take({ id, rememberMs }: Proof): Promise<boolean> {
    if (!this.#takeHere(id, rememberMs)) return false;
    try {
      return (await this.redis.set(keys.usedProof(id), '', 'PX', rememberMs, 'NX')) === 'OK';
    } catch {
      return true;
    }
  }

  #takeHere(id: string, rememberMs: number): boolean {
    const now = this.nowMs();
    if ((this.#own.get(id) ?? 0) > now) return false;
    this.#own.delete(id);
    this.#own.set(id, now + rememberMs);
    for (const [oldest, untilMs] of this.#own) {
      if (untilMs > now && this.#own.size <= OWN_MAX) break;
      this.#own.delete(oldest);
    }
    return true;
  }
}
