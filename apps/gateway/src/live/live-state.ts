import { createPublicKey } from 'node:crypto';
import {
  AUDIENCES,
  createTokenVerifier,
  type ExternalVerification,
  IdentityIndex,
  namedIssuer,
  type TokenCache,
  type VerifiedToken,
  verifyExternalToken,
} from '#libs/identity';
import type { AuthDeps } from '#libs/providers';
import type { OrganizationSnapshot, PlatformSnapshot } from '#libs/snapshot';
import type { MasterKey } from '#libs/vault';
import { compileOrganization } from './compile.js';
import type { Live, LiveOrganization } from './live.js';

/** Holds the current Live and replaces it when a snapshot arrives. */
export class LiveState {
  private live: Live = { identity: new IdentityIndex([]), organizations: new Map(), verifyToken: null };
  private readonly snapshots = new Map<string, OrganizationSnapshot>();
  private platform: PlatformSnapshot | undefined;

  constructor(
    private readonly masterKey: MasterKey,
    /** Emptied when the issuer's keys change: a token signed by a withdrawn key must be verified anew. */
    private readonly tokens: TokenCache,
    /** What provider credentials need to authorize calls. */
    private readonly auth: AuthDeps,
    /** A token names a key that its issuer is not known to have. */
    private readonly onUnknownKey: ExternalVerification['onUnknownKey'] = () => {},
  ) {}

  current(): Live {
    return this.live;
  }

  async takeOrganization(snapshot: OrganizationSnapshot): Promise<void> {
    const compiled = await compileOrganization(snapshot, this.masterKey, this.auth);
    this.snapshots.set(snapshot.organizationId, snapshot);
    this.replace(new Map(this.live.organizations).set(compiled.id, compiled));
  }

  takePlatform(snapshot: PlatformSnapshot): void {
    const before = this.platform;
    this.platform = snapshot;
    const sameKeys =
      before?.issuer === snapshot.issuer && JSON.stringify(before.jwks) === JSON.stringify(snapshot.jwks);
    if (!sameKeys) this.tokens.clear();
    const verifyToken = sameKeys ? this.live.verifyToken : this.verifierOf(snapshot);
    this.live = { ...this.live, verifyToken };
    this.replace(this.live.organizations);
  }

  dropOrganization(organizationId: string): void {
    this.snapshots.delete(organizationId);
    const organizations = new Map(this.live.organizations);
    organizations.delete(organizationId);
    this.replace(organizations);
  }

  /** Our own tokens by our own keys; those of an issuer that some organization trusts by its keys. */
  private verifierOf(snapshot: PlatformSnapshot): NonNullable<Live['verifyToken']> {
    const verifyOwn = ownVerifierOf(snapshot);
    return (token): Promise<VerifiedToken> => {
      const issuers = this.live.identity.issuersNamed(namedIssuer(token) ?? '');
      if (issuers.length === 0) return verifyOwn(token);
      return verifyExternalToken(token, issuers, {
        nowMs: this.auth.clock.now(),
        onUnknownKey: this.onUnknownKey,
      });
    };
  }

  private replace(organizations: ReadonlyMap<string, LiveOrganization>): void {
    const identity = new IdentityIndex(this.snapshots.values(), this.platform?.revokedTokens);
    this.live = { ...this.live, identity, organizations };
  }
}

function ownVerifierOf({ issuer, jwks }: PlatformSnapshot) {
  const opened = new Map(
    jwks.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' })]),
  );
  return createTokenVerifier({ issuer, audience: AUDIENCES.gateway, keyFor: (kid) => opened.get(kid) });
}
