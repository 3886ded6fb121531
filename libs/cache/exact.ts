import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { ChatResponse } from '#libs/dialects';
import { keys } from '#libs/redis';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** Level 4 costs ~50 µs for a 10 KB answer and saves two thirds of it. */
const COMPRESSION = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** An answer as it is kept: neutral, so that any surface can show it. */
export interface CachedAnswer {
  /** Slug of the model that gave it. */
  readonly model: string;
  readonly storedAtMs: number;
  readonly response: ChatResponse;
}

/** What the cache needs of Redis; ioredis has it. */
export interface CacheStore {
  getBuffer(key: string): Promise<Buffer | null>;
  set(key: string, value: Buffer, px: 'PX', milliseconds: number): Promise<unknown>;
}

/** Answers by the hash of their question, within one organization, until their time is over. */
export class ExactCache {
  constructor(
    private readonly store: CacheStore,
    /** Larger answers (bytes, compressed) are not kept. */
    private readonly bytesMax = 1024 * 1024,
  ) {}

  async get(organizationId: string, hash: string): Promise<CachedAnswer | null> {
    const value = await this.store.getBuffer(keys.cache(organizationId, hash));
    return value === null ? null : (JSON.parse((await decompress(value)).toString('utf8')) as CachedAnswer);
  }

  async put(organizationId: string, hash: string, answer: CachedAnswer, ttlSeconds: number): Promise<void> {
    const value = await compress(JSON.stringify(answer), COMPRESSION);
    if (value.length > this.bytesMax) return;
    await this.store.set(keys.cache(organizationId, hash), value, 'PX', ttlSeconds * 1000);
  }
}
