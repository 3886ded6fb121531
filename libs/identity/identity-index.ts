import type { ActsFor } from './acts-for.js';
import { addressesIn } from './ip-ranges.js';
import type { Principal } from './principal.js';
import type { GatewayKeyIdentity, MemberIdentity, ServiceIdentity, TeamIdentity } from './service-identity.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/** The part of an organization's snapshot that says who may call. */
export interface OrganizationIdentity {
  readonly organizationId: string;
  readonly organization: string;
  readonly teams: readonly TeamIdentity[];
  readonly services: readonly ServiceIdentity[];
  /** Absent in snapshots from before there were any. */
  readonly identityProviders?: readonly TrustedIssuer[];
  /** Absent where no service acts for them. */
  readonly members?: readonly MemberIdentity[];
}

/** What a credential or gateway key proves, ready to hand out. */
export interface KnownCredential {
  readonly principal: Principal;
  readonly clientId: string;
  readonly expiresAtMs: number | null;
  /** Whether a call with it may come from this address; null = from any. */
  readonly allowedFrom: ((address: string) => boolean) | null;
}

/** A service by itself, whatever it shows. */
export interface KnownService {
  readonly principal: Principal;
  readonly actsFor: ActsFor;
  readonly requireDpop: boolean;
}

type OfOrganization<T> = T & { readonly organizationId: string };

const FOR_NOBODY: ActsFor = { members: false, services: [], users: [] };

/**
 * Every live credential and gateway key of an installation, found in one look-up. Immutable: build a new one when a
 * snapshot changes (10,000 services take some 20 ms).
 */
export class IdentityIndex {
  readonly #credentials = new Map<string, KnownCredential>();
  readonly #keys = new Map<string, KnownCredential>();
  readonly #issuers = new Map<string, TrustedIssuer[]>();
  /** By issuer and slug of the service. */
  readonly #external = new Map<TrustedIssuer, ReadonlyMap<string, Principal>>();
  readonly #services = new Map<string, KnownService>();
  readonly #issuersById = new Map<string, OfOrganization<TrustedIssuer>>();
  readonly #members = new Map<string, OfOrganization<MemberIdentity>>();
  readonly #revokedTokens: ReadonlySet<string>;

  constructor(organizations: Iterable<OrganizationIdentity>, revokedTokens: Iterable<{ readonly id: string }> = []) {
    this.#revokedTokens = new Set(Array.from(revokedTokens, ({ id }) => id));
    for (const organization of organizations) this.#add(organization);
  }

  credential(id: string): KnownCredential | undefined {
    return this.#credentials.get(id);
  }

  /** `hash`: of the gateway key, see hashGatewayKey. */
  key(hash: string): KnownCredential | undefined {
    return this.#keys.get(hash);
  }

  /** Those that organizations trust under this name; several may trust the same one. */
  issuersNamed(issuer: string): readonly TrustedIssuer[] {
    return this.#issuers.get(issuer) ?? [];
  }

  /** A service of the organization that trusts this issuer. */
  serviceOf(issuer: TrustedIssuer, slug: string): Principal | undefined {
    return this.#external.get(issuer)?.get(slug);
  }

  /** By id. */
  service(id: string): KnownService | undefined {
    return this.#services.get(id);
  }

  /** By id. */
  issuer(id: string): OfOrganization<TrustedIssuer> | undefined {
    return this.#issuersById.get(id);
  }

  /** By id; undefined also where no service acts for members. */
  member(id: string): OfOrganization<MemberIdentity> | undefined {
    return this.#members.get(id);
  }

  /** `jti`: of an access token. */
  tokenRevoked(jti: string): boolean {
    return this.#revokedTokens.has(jti);
  }

  #add(organization: OrganizationIdentity): void {
    const teams = new Map(organization.teams.map((team) => [team.slug, team]));
    const principals = new Map<string, Principal>();
    for (const service of organization.services) {
      const team = teams.get(service.team);
      // Without its team we would not know whose limits bind it: such a service is not let in.
      if (!team) continue;
      const principal = principalOf(organization, team, service);
      const { clientId } = service;
      principals.set(service.slug, principal);
      const { actsFor = FOR_NOBODY, requireDpop = false } = service;
      this.#services.set(service.id, { principal, actsFor, requireDpop });
      for (const { id, expiresAtMs } of service.credentials)
        this.#credentials.set(id, {
          principal: { ...principal, credentialId: id },
          clientId,
          expiresAtMs,
          allowedFrom: null,
        });
      for (const key of service.keys) this.#keys.set(key.hash, { ...knownKey(key, principal), clientId });
    }
    const { organizationId } = organization;
    for (const member of organization.members ?? []) this.#members.set(member.id, { ...member, organizationId });
    for (const issuer of organization.identityProviders ?? []) {
      this.#issuersById.set(issuer.id, { ...issuer, organizationId });
      this.#issuers.set(issuer.issuer, [...this.issuersNamed(issuer.issuer), issuer]);
      const withId = ([slug, principal]: [string, Principal]) =>
        [slug, { ...principal, credentialId: issuer.id }] as const;
      this.#external.set(issuer, new Map(Array.from(principals, withId)));
    }
  }
}

function knownKey({ id, expiresAtMs, allowedModels, ipRanges }: GatewayKeyIdentity, principal: Principal) {
  return {
    principal: { ...principal, credentialId: id, ...(allowedModels && { allowedModels }) },
    expiresAtMs,
    allowedFrom: ipRanges ? addressesIn(ipRanges) : null,
  };
}

/** Before anyone has shown a credential. */
function principalOf(
  { organizationId, organization }: OrganizationIdentity,
  team: TeamIdentity,
  service: ServiceIdentity,
): Principal {
  return {
    organizationId,
    organization,
    team: team.slug,
    teamPath: team.path,
    costCenter: team.costCenter,
    serviceId: service.id,
    service: service.slug,
    agent: service.kind === 'agent' ? service.slug : null,
    credentialId: service.id,
    allowedModels: service.allowedModels,
  };
}
