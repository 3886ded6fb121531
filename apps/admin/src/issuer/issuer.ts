import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import type { AccessTokenClaims } from '#libs/identity';
import type { MasterKey } from '#libs/vault';
import { removeExpiredPayloads } from './adapter.js';
import { Heartbeat } from './heartbeat.js';
import { type KeyRing, openKeyRing, publicPem, sameRing } from './key-ring.js';
import { ensureKey, replaceKeys } from './keys.js';
import { LastUsed } from './last-used.js';
import { openPlatformDataKey } from './platform-data-key.js';
import { compilePlatformSnapshot, publishedVersion, publishPlatformSnapshot } from './platform-snapshot.js';
import { changePlatform, noteIssuer, type PlatformState, passVersion, readPlatformState } from './platform-state.js';
import { createProvider } from './provider.js';
import { TokenRegister } from './token-register.js';

export interface IssuerParts {
  readonly prisma: PrismaClient;
  /** A fail-fast connection. */
  readonly redis: Redis;
  readonly masterKey: MasterKey;
  /** Where clients reach it, e.g. `http://localhost:8081/oidc`: the `iss` of every token. */
  readonly url: string;
  readonly clock: Clock;
  /** Told of faults that no request can be blamed for; while Redis or Postgres is away, the same one every second. */
  readonly onError: (error: unknown) => void;
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

const RECONCILE_MS = 1_000;
const CLEAN_UP_MS = 60_000;

/**
 * The built-in issuer of one admin app. Any number of admin apps share one database, keys included: each looks once a
 * second at what the others changed, and at whether Redis still has the newest platform snapshot.
 */
export class Issuer {
  readonly url: string;
  readonly tokens: TokenRegister;
  readonly #lastUsed: LastUsed;
  readonly #reconciling: Heartbeat;
  readonly #cleaning: Heartbeat;
  #ring: KeyRing;
  #handler: RequestHandler;

  private constructor(
    private readonly parts: IssuerParts,
    private readonly dataKey: Buffer,
    ring: KeyRing,
  ) {
    const { prisma, clock, url, onError } = parts;
    this.url = url;
    this.#ring = ring;
    this.tokens = new TokenRegister({
      prisma,
      clock,
      issuer: url,
      keyFor: (kid) => this.keyFor(kid),
      onRevoked: () => void this.#reconciling.now(),
    });
    this.#lastUsed = new LastUsed(prisma, clock, onError);
    this.#handler = this.#createHandler();
    this.#reconciling = new Heartbeat(() => this.#reconcile(), onError);
    this.#cleaning = new Heartbeat(() => removeExpiredPayloads(prisma, clock.now()), onError);
  }

  /**
   * Opens or makes the platform's data key and the signing key, and begins to publish. Needs Postgres, can do without
   * Redis. Throws WrongMasterKey when the keys were sealed under another master key.
   */
  static async start(parts: IssuerParts): Promise<Issuer> {
    const { prisma, clock, masterKey, url } = parts;
    const dataKey = await openPlatformDataKey(prisma, masterKey);
    await ensureKey(prisma, dataKey);
    await noteIssuer(prisma, url);
    const { keys } = await readPlatformState(prisma, clock.now());
    const issuer = new Issuer(parts, dataKey, openKeyRing(keys, dataKey, clock.now()));
    issuer.#reconciling.start(RECONCILE_MS);
    issuer.#cleaning.start(CLEAN_UP_MS);
    await issuer.#reconciling.now();
    return issuer;
  }

  /** Answers one HTTP request whose URL is relative to the issuer's own (`/token`, `/.well-known/openid-configuration`). */
  handle(request: IncomingMessage, response: ServerResponse): void {
    void this.#handler(request, response);
  }

  /** The public key with this id as PEM; undefined when we have none. */
  keyFor(kid: string): string | undefined {
    return publicPem(this.#ring, kid);
  }

  /** Whether a verified token is still good: not revoked, and its client and credential still there. */
  alive(claims: AccessTokenClaims): Promise<boolean> {
    return this.tokens.alive(claims);
  }

  /** Announces a new signing key; it takes over after a minute, in every admin app. */
  async rotateKeys(): Promise<void> {
    const { prisma, clock } = this.parts;
    await changePlatform(prisma, (transaction) => replaceKeys(transaction, this.dataKey, clock.now()));
    await this.#reconciling.now();
  }

  async close(): Promise<void> {
    await Promise.all([this.#reconciling.stop(), this.#cleaning.stop(), this.#lastUsed.settled()]);
  }

  async #reconcile(): Promise<void> {
    const { prisma, clock } = this.parts;
    const state = await readPlatformState(prisma, clock.now());
    const ring = openKeyRing(state.keys, this.dataKey, clock.now());
    if (!sameRing(ring, this.#ring)) {
      this.#ring = ring;
      this.#handler = this.#createHandler();
    }
    await this.#publish(state);
  }

  async #publish(state: PlatformState): Promise<void> {
    const { prisma, redis, url, clock } = this.parts;
    const published = await publishedVersion(redis);
    if (published === state.version) return;
    if (published === undefined || published < state.version)
      return publishPlatformSnapshot(redis, compilePlatformSnapshot(url, state));
    // Another admin app may have published since we read; or the database is older than what was published before.
    const { version } = await readPlatformState(prisma, clock.now());
    if (published <= version) return;
    await passVersion(prisma, published);
    await publishPlatformSnapshot(redis, compilePlatformSnapshot(url, await readPlatformState(prisma, clock.now())));
  }

  #createHandler(): RequestHandler {
    const { prisma, clock, url, onError } = this.parts;
    return createProvider({
      ...this.#ring,
      prisma,
      clock,
      issuer: url,
      register: this.tokens,
      onIssued: (credentialId) => this.#lastUsed.note(credentialId),
      onError,
    }).callback();
  }
}
