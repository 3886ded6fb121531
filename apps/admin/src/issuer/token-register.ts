import type { KeyObject } from 'node:crypto';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import { type AccessTokenClaims, AUDIENCES, createTokenVerifier } from '#libs/identity';
import { findClientOwner } from './clients.js';
import { subjectThere } from './exchange/subject-there.js';
import { findMember } from './members.js';
import { revokeToken, tokenRevoked } from './platform-state.js';

export interface TokenRegisterParts {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly issuer: string;
  readonly keyFor: (kid: string) => KeyObject | undefined;
  /** A token was revoked: gateways must learn of it. */
  readonly onRevoked: () => void;
}

/** What became of the access tokens that we issued. They are not stored: only the revoked ones are. */
export class TokenRegister {
  readonly #verify: (token: string) => Promise<AccessTokenClaims>;

  constructor(private readonly parts: TokenRegisterParts) {
    const { issuer, keyFor } = parts;
    this.#verify = createTokenVerifier({ issuer, audience: Object.values(AUDIENCES), keyFor });
  }

  /** The claims of a token that we issued and that has not expired; undefined for anything else. */
  read(token: string): Promise<AccessTokenClaims | undefined> {
    return this.#verify(token).catch(() => undefined);
  }

  /** Whether the token was not revoked and the client and credential it was issued for still exist. */
  async alive(claims: AccessTokenClaims): Promise<boolean> {
    const { prisma, clock } = this.parts;
    const [revoked, owner] = await Promise.all([
      tokenRevoked(prisma, [claims.jti, ...(claims.from ?? [])]),
      findClientOwner(prisma, claims.client_id, clock.now()),
    ]);
    if (revoked || !owner || !(await subjectThere(prisma, claims, clock.now()))) return false;
    if (owner.kind === 'operator') return claims.operator === true;
    if (owner.kind === 'console') return (await findMember(prisma, claims)) !== null;
    return owner.serviceId === claims.service && owner.credentials.some(({ id }) => id === claims.credential);
  }

  async revoke({ jti, exp }: AccessTokenClaims): Promise<void> {
    await revokeToken(this.parts.prisma, jti, new Date(exp * 1000));
    this.parts.onRevoked();
  }
}
