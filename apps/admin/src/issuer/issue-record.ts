import { decodeJwt } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import type { AccessTokenClaims } from '#libs/identity';
import type { AuditEvent } from '#libs/messages';
import { PLATFORM_CHAIN } from '../sign-in/sign-in-record.js';
import { ownerOf } from './client-metadata.js';
import { TOKEN_TTL_SECONDS } from './resources.js';

const USER_AGENT_CHARS_MAX = 300;
/** Credentials and subjects kept in mind; of one that is forgotten, the next token is written down again. */
const WINDOWS_MAX = 10_000;

/** What was issued to one credential, for one subject and from one address, since the last event about it. */
interface Window {
  readonly untilMs: number;
  /** Tokens beyond the one that the event is about. */
  more: number;
}

/**
 * Writes the issue of tokens into the audit trail, before the token is handed over: without its event there is no token. The
 * trail is for what people read, so that of tokens that are alike in all but their time (credential, subject, key, address)
 * one event stands for those of ten minutes, the life of a token; the next one says how many there were.
 */
export class IssueRecord {
  readonly #windows = new Map<string, Window>();

  constructor(
    private readonly prisma: PrismaClient,
    private readonly clock: Clock,
  ) {}

  async issued(context: KoaContextWithOIDC, token: string, address: string | null): Promise<void> {
    const claims = decodeJwt<AccessTokenClaims>(token);
    const key = JSON.stringify([claims.client_id, claims.credential, claims.sub, claims.act, claims.cnf, address]);
    const before = this.#windows.get(key);
    const nowMs = this.clock.now();
    if (before && before.untilMs > nowMs) {
      before.more += 1;
      return;
    }
    const userAgent = context.get('user-agent').slice(0, USER_AGENT_CHARS_MAX) || null;
    const event = eventOf(context, claims, { ip: address, userAgent, requestId: null });
    const after = { ...(event.after as object), sinceLastEvent: before?.more ?? 0 };
    await this.prisma.$transaction((tx) => append(tx, { ...event, after, atMs: nowMs }));
    this.#remember(key, { untilMs: nowMs + TOKEN_TTL_SECONDS * 1000, more: 0 });
  }

  #remember(key: string, window: Window): void {
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > WINDOWS_MAX && oldest !== undefined) this.#windows.delete(oldest);
  }
}

function eventOf(
  { oidc }: KoaContextWithOIDC,
  claims: AccessTokenClaims,
  from: AuditEvent['from'],
): Omit<AuditEvent, 'atMs'> {
  if (!oidc.client) throw new Error('a token was issued without a client');
  const owner = ownerOf(oidc.client);
  const id = claims.service ?? claims.member ?? claims.client_id;
  return {
    organizationId: claims.organization ?? PLATFORM_CHAIN,
    actor: {
      kind: owner.kind === 'console' ? 'member' : owner.kind,
      id,
      name: owner.kind === 'service' ? owner.slug : id,
    },
    action: 'token.issued',
    resource: { kind: 'token', id: claims.jti, slug: null },
    before: null,
    after: {
      audience: claims.aud,
      credential: claims.credential ?? null,
      expiresAt: new Date(claims.exp * 1000).toISOString(),
      boundToKey: claims.cnf?.jkt ?? null,
      onBehalfOf: claims.act ? { subject: claims.sub, ...claims.subject } : null,
    },
    from,
  };
}
