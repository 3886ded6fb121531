import type { Redis } from 'ioredis';
import { keys } from '#libs/redis';
import { cosine, type Quantized, quantize, withLength } from './quantized.js';
import { type Reading, read, vetoOf } from './vetoes.js';

/** Questions that may share answers if they say the same: everything about them is equal but the last user turn. */
export interface Bucket {
  readonly organizationId: string;
  /** Fingerprint of everything else. */
  readonly fingerprint: string;
}

/** The last user turn of a question. */
export interface Turned {
  readonly text: string;
  readonly vector: ArrayLike<number>;
}

export interface Near {
  /** Under which the answer is kept. */
  readonly hash: string;
  readonly similarity: number;
}

interface Entry {
  readonly hash: string;
  readonly text: string;
  readonly vector: Quantized;
  readonly expiresAtMs: number;
  reading?: Reading;
}

interface Kept {
  lastId: string;
  entries: Entry[];
}

/** The newest questions of a bucket: what is older is not found any more. */
const BUCKET_ENTRIES_MAX = 1_000;
/** Of all buckets in a process, vectors and texts. */
const BYTES_MAX = 64 * 1024 * 1024;
const BATCH = 500;

/**
 * Which kept question says the same as this one. Truth is a stream per bucket in Redis, from which each gateway keeps what it
 * has seen and reads what is new: one command per search. All of a bucket is compared, so that nothing near is missed.
 */
export class NearIndex {
  readonly kind = 'in-process';
  /** The least recently asked first. */
  private readonly buckets = new Map<string, Kept>();
  private bytes = 0;

  constructor(
    private readonly redis: Redis,
    private readonly nowMs: () => number,
  ) {}

  /** The nearest question at or above the threshold that no veto forbids. Rejects while Redis is away. */
  async find(bucket: Bucket, { text, vector }: Turned, threshold: number): Promise<Near | null> {
    const { entries } = await this.upToDate(bucket);
    const asked = quantize(vector);
    const now = this.nowMs();
    const near = entries
      .map((entry) => ({ entry, similarity: entry.expiresAtMs > now ? cosine(asked, entry.vector) : 0 }))
      .filter(({ similarity }) => similarity >= threshold)
      .sort((a, b) => b.similarity - a.similarity);
    if (near.length === 0) return null;
    const reading = read(text);
    for (const { entry, similarity } of near) {
      entry.reading ??= read(entry.text);
      if (vetoOf(reading, entry.reading) === null) return { hash: entry.hash, similarity };
    }
    return null;
  }

  /** The answer to this question is kept under `hash` for so long. */
  async add(bucket: Bucket, hash: string, { text, vector }: Turned, ttlMs: number): Promise<void> {
    const key = keys.nearQuestions(bucket.organizationId, bucket.fingerprint);
    const { bytes } = quantize(vector);
    const expires = String(this.nowMs() + ttlMs);
    await this.redis
      .pipeline()
      .xadd(
        key,
        'MAXLEN',
        '~',
        BUCKET_ENTRIES_MAX,
        '*',
        'h',
        hash,
        't',
        text,
        'v',
        Buffer.from(bytes.buffer),
        'e',
        expires,
      )
      .pexpire(key, ttlMs)
      .exec();
  }

  private async upToDate(bucket: Bucket): Promise<Kept> {
    const key = keys.nearQuestions(bucket.organizationId, bucket.fingerprint);
    const kept = this.buckets.get(key) ?? { lastId: '-', entries: [] };
    this.buckets.delete(key);
    this.buckets.set(key, kept);
    for (;;) {
      const start = kept.lastId === '-' ? '-' : `(${kept.lastId}`;
      const fresh = await this.redis.xrangeBuffer(key, start, '+', 'COUNT', BATCH);
      for (const [id, fields] of fresh) {
        kept.lastId = id.toString();
        const entry = entryOf(fields);
        kept.entries.push(entry);
        this.bytes += sizeOf(entry);
      }
      if (fresh.length < BATCH) break;
    }
    this.trim(key, kept);
    return kept;
  }

  private trim(key: string, kept: Kept): void {
    const now = this.nowMs();
    const living = kept.entries.filter(({ expiresAtMs }) => expiresAtMs > now).slice(-BUCKET_ENTRIES_MAX);
    this.bytes += total(living) - total(kept.entries);
    kept.entries = living;
    for (const [other, { entries }] of this.buckets) {
      if (this.bytes <= BYTES_MAX || other === key) break;
      this.bytes -= total(entries);
      this.buckets.delete(other);
    }
  }
}

function entryOf(fields: readonly Buffer[]): Entry {
  const at = (name: string): Buffer =>
    fields[fields.findIndex((field, i) => i % 2 === 0 && field.toString() === name) + 1] as Buffer;
  const vector = at('v');
  return {
    hash: at('h').toString(),
    text: at('t').toString(),
    vector: withLength(new Int8Array(vector.buffer, vector.byteOffset, vector.length)),
    expiresAtMs: Number(at('e').toString()),
  };
}

const sizeOf = ({ text, vector }: Entry): number => vector.bytes.length + text.length * 2;
const total = (entries: readonly Entry[]): number => entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
