import { type CacheAddress, type CachedAnswer, lexicalVector, type Turned } from '#libs/cache';
import type { Principal } from '#libs/identity';
import type { RouteCache } from '#libs/routing';
import type { CallDeps } from '../call.types.js';
import type { Exchange } from '../exchange.js';
import { CACHE_DEFAULTS } from './wish.js';

/** What can be near another question: its last user turn, and a fingerprint of all else, which must be equal. */
export interface NearQuestion {
  readonly text: string;
  readonly fingerprint: string;
}

/** The search of one call for a question that says the same, only begun when its own was not found. */
export class Semantic {
  private turned: Turned | null = null;

  constructor(
    private readonly question: NearQuestion,
    private readonly cache: RouteCache,
    private readonly address: CacheAddress,
    private readonly client: Exchange,
    private readonly caller: Principal,
    private readonly deps: CallDeps,
  ) {}

  /** The answer of the nearest question that will do. Never rejects: without it a model is asked. */
  async find(): Promise<CachedAnswer<unknown> | null> {
    const { near, store } = this.deps.cache;
    const { organizationId } = this.address;
    try {
      const turned = { text: this.question.text, vector: await this.vector() };
      this.turned = turned;
      const found = await near.find(this.bucket, turned, this.cache.semantic?.threshold ?? CACHE_DEFAULTS.threshold);
      return found && (await store.get({ organizationId, hash: found.hash }));
    } catch (error) {
      this.deps.log.warn({ error: String(error) }, 'no search for a question that says the same');
      return null;
    }
  }

  /** The answer to this question is kept now. Off the caller's path; without a vector there is nothing to add. */
  add(ttlMs: number): void {
    if (this.turned === null) return;
    this.deps.cache.near
      .add(this.bucket, this.address.hash, this.turned, ttlMs)
      .catch((error: unknown) => this.deps.log.warn({ error: String(error) }, 'a question could not be indexed'));
  }

  /** Vectors of different makers are never compared. */
  private get bucket() {
    const maker = this.cache.semantic?.embeddings ?? '';
    return { organizationId: this.address.organizationId, fingerprint: `${this.question.fingerprint}:${maker}` };
  }

  private async vector(): Promise<ArrayLike<number>> {
    const route = this.cache.semantic?.embeddings;
    const { text } = this.question;
    return route === undefined ? lexicalVector(text) : this.deps.cache.embed(route, text, this.client, this.caller);
  }
}
