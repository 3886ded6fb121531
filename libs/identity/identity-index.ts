import type { Principal } from './principal.js';
import type { ServiceIdentity, TeamIdentity } from './service-identity.js';

/** The part of an organization's snapshot that says who may call. */
export interface OrganizationIdentity {
  readonly organizationId: string;
  readonly organization: string;
  readonly teams: readonly TeamIdentity[];
  readonly services: readonly ServiceIdentity[];
}

/** What a credential or gateway key proves, ready to hand out. */
export interface KnownCredential {
  readonly principal: Principal;
  readonly clientId: string;
  readonly expiresAtMs: number | null;
}

/**
 * Every live credential and gateway key of an installation, found in one look-up. Immutable: build a new one when a
 * snapshot changes (10,000 services take some 20 ms).
 */
export class IdentityIndex {
  readonly #credentials = new Map<string, KnownCredential>();
  readonly #keys = new Map<string, KnownCredential>();
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

  /** `jti`: of an access token. */
  tokenRevoked(jti: string): boolean {
    return this.#revokedTokens.has(jti);
  }

  #add(organization: OrganizationIdentity): void {
    const teams = new Map(organization.teams.map((team) => [team.slug, team]));
    for (const service of organization.services) {
      const team = teams.get(service.team);
      // Without its team we would not know whose limits bind it: such a service is not let in.
      if (!team) continue;
      const known = (id: string, expiresAtMs: number | null): KnownCredential => ({
        principal: principalOf(organization, team, service, id),
        clientId: service.clientId,
        expiresAtMs,
      });
      for (const { id, expiresAtMs } of service.credentials) this.#credentials.set(id, known(id, expiresAtMs));
      for (const { id, hash, expiresAtMs } of service.keys) this.#keys.set(hash, known(id, expiresAtMs));
    }
  }
}

function principalOf(
  { organizationId, organization }: OrganizationIdentity,
  team: TeamIdentity,
  service: ServiceIdentity,
  credentialId: string,
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
    credentialId,
    allowedModels: service.allowedModels,
  };
}
