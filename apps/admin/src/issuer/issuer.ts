import { hkdfSync, type KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Redis } from 'ioredis';
import type { InteractionResults, Provider } from 'oidc-provider';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import type { AccessTokenClaims } from '#libs/identity';
import { removeExpiredPayloads } from './adapter.js';
import { Heartbeat } from './heartbeat.js';
import { IssueRecord } from './issue-record.js';
import { type KeyRing, openKeyRing, publicKey, sameRing } from './key-ring.js';
import { ensureKey, replaceKeys } from './keys.js';
import { LastUsed } from './last-used.js';
import {
  compilePlatformSnapshot,
  publishedSnapshot,
  publishPlatformSnapshot,
  trustsTooMuch,
} from './platform-snapshot.js';
import { changePlatform, noteIssuer, type PlatformState, passVersion, readPlatformState } from './platform-state.js';
import { createProvider } from './provider.js';
import { TokenRegister } from './token-register.js';

export interface IssuerParts {
  readonly prisma: PrismaClient;
  /** A fail-fast connection. */
  readonly redis: Redis;
  /** See openPlatformDataKey. */
  readonly platformKey: Buffer;
  /** Where clients reach it, e.g. `http://localhost:8081/oidc`: the `iss` of every token. */
  readonly url: string;
  readonly clock: Clock;
  /** Told of faults that no request can be blamed for. */
  readonly onError: (error: unknown) => void;
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
/** A sign-in that a browser is in the middle of. */
export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

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
  readonly #issues: IssueRecord;
  readonly #reconciling: Heartbeat;
  readonly #cleaning: Heartbeat;
  #ring: KeyRing;
  #provider: Provider;
  #handler: RequestHandler;

  private constructor(
    private readonly parts: IssuerParts,
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
    this.#issues = new IssueRecord(prisma, clock);
    this.#provider = this.#createProvider();
    this.#handler = this.#provider.callback();
    this.#reconciling = new Heartbeat(() => this.#reconcile(), onError);
    this.#cleaning = new Heartbeat(() => removeExpiredPayloads(prisma, clock.now()), onError);
  }

  /**
   * Opens the signing keys, or makes the first one, and begins to publish. Needs Postgres, can do without Redis. Throws
   * SealBroken when the keys were altered or sealed with another platform key.
   */
  static async start(parts: IssuerParts): Promise<Issuer> {
    const { prisma, clock, platformKey, url } = parts;
    await ensureKey(prisma, platformKey);
    await noteIssuer(prisma, url);
    const { keys } = await readPlatformState(prisma, clock.now());
    const issuer = new Issuer(parts, openKeyRing(keys, platformKey, clock.now()));
    issuer.#reconciling.start(RECONCILE_MS);
    issuer.#cleaning.start(CLEAN_UP_MS);
    await issuer.#reconciling.now();
    return issuer;
  }

  /** Answers one HTTP request whose URL is relative to the issuer's own (`/token`, `/.well-known/openid-configuration`). */
  handle(request: IncomingMessage, response: ServerResponse): void {
    void this.#handler(request, response);
  }

  /** The sign-in that this browser is in, told by its cookie. Throws oidc-provider's SessionNotFound without one. */
  interaction(request: IncomingMessage, response: ServerResponse): Promise<Interaction> {
    return this.#provider.interactionDetails(request, response);
  }

  /** Notes what came of a sign-in so far. Returns where the browser goes when it is done. */
  interactionResult(request: IncomingMessage, response: ServerResponse, result: InteractionResults): Promise<string> {
    return this.#provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
  }

  /** The public key with this id; undefined when we have none. */
  keyFor(kid: string): KeyObject | undefined {
    return publicKey(this.#ring, kid);
  }

  /** Whether a verified token is still good: not revoked, and its client and credential still there. */
  alive(claims: AccessTokenClaims): Promise<boolean> {
    return this.tokens.alive(claims);
  }

  /** Announces a new signing key; it takes over after a minute, in every admin app. */
  async rotateKeys(): Promise<void> {
    const { prisma, clock, platformKey } = this.parts;
    await changePlatform(prisma, (transaction) => replaceKeys(transaction, platformKey, clock.now()));
    await this.#reconciling.now();
  }

  async close(): Promise<void> {
    await Promise.all([this.#reconciling.stop(), this.#cleaning.stop(), this.#lastUsed.settled()]);
  }

  async #reconcile(): Promise<void> {
    const { prisma, clock, platformKey } = this.parts;
    const state = await readPlatformState(prisma, clock.now());
    const ring = openKeyRing(state.keys, platformKey, clock.now());
    if (!sameRing(ring, this.#ring)) {
      this.#ring = ring;
      this.#provider = this.#createProvider();
      this.#handler = this.#provider.callback();
    }
    await this.#publish(state);
  }

  async #publish(state: PlatformState): Promise<void> {
    const { prisma, redis, clock } = this.parts;
    const published = await publishedSnapshot(redis);
    if (published?.version === state.version && !trustsTooMuch(published, state)) return;
    if (published === undefined || published.version < state.version)
      return publishPlatformSnapshot(redis, compilePlatformSnapshot(state));
    // Three ways to get here: another admin app published since we read, a key's time is over, or the database is older
    // than what was published. Only the first needs nothing done.
    const fresh = await readPlatformState(prisma, clock.now());
    if (published.version < fresh.version) return;
    if (published.version === fresh.version && !trustsTooMuch(published, fresh)) return;
    await passVersion(prisma, published.version);
    await publishPlatformSnapshot(redis, compilePlatformSnapshot(await readPlatformState(prisma, clock.now())));
  }

  #createProvider(): Provider {
    const { prisma, redis, clock, url, platformKey, onError } = this.parts;
    return createProvider({
      ...this.#ring,
      prisma,
      redis,
      clock,
      issuer: url,
      issues: this.#issues,
      register: this.tokens,
      cookieKey: cookieKey(platformKey),
      onIssued: (credentialId) => this.#lastUsed.note(credentialId),
      onError,
    });
  }
}

/** Derived, so that it is the same in every admin app and nothing more has to be stored. */
function cookieKey(platformKey: Buffer): string {
  return Buffer.from(hkdfSync('sha256', platformKey, '', 'tollgate cookies', 32)).toString('base64url');
}
