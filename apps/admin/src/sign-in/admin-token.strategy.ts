import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { TollgateError } from '#libs/core';
import {
  type AccessTokenClaims,
  AccessTokenStrategy,
  type AdminPrincipal,
  AUDIENCES,
  resolveOperatorClient,
} from '#libs/identity';
import { Issuer } from '../issuer/issuer.js';
import { MemberPrincipals } from './member-principals.js';

/** Tokens for the admin audience. Each request asks Postgres whether the token still holds: revoking takes effect at once. */
@Injectable()
export class AdminTokenStrategy extends PassportStrategy(AccessTokenStrategy, 'jwt') {
  constructor(
    @Inject(Issuer) private readonly issuer: Issuer,
    private readonly members: MemberPrincipals,
  ) {
    super({ issuer: issuer.url, audience: AUDIENCES.admin, keyFor: (kid: string) => issuer.keyFor(kid) });
  }

  /** Called with claims that passport-jwt has verified; what it throws reaches the guard. */
  async validate(claims: AccessTokenClaims): Promise<AdminPrincipal> {
    // Taking it from whoever bears it would undo what it was bound for.
    if (claims.cnf) throw new TollgateError('invalid_token', 'Tokens bound to a key are for the gateway only.');
    const principal =
      claims.member === undefined ? resolveOperatorClient(claims) : await this.members.resolve(claims.member, claims);
    if (!(await this.issuer.alive(claims)))
      throw new TollgateError('invalid_token', 'The access token or its client was revoked.');
    return principal;
  }
}
