import { Inject, Injectable } from '@nestjs/common';
import { append } from '#libs/audit';
import { type Clock, uuidv7 } from '#libs/core';
import { type IdentityProvider, type Member, type Prisma, PrismaClient } from '#libs/database';
import { claimOf, type ExternalClaims, type Role } from '#libs/identity';
import type { AuditEvent } from '#libs/messages';
import { CLOCK } from '../connections/tokens.js';
import { type RoleMapping, stored } from '../identity-providers/stored.js';
import { fromThisSecond } from '../issuer/members.js';
import { countOwners } from '../members/owners.js';

type Tx = Prisma.TransactionClient;

/** Who came from an identity provider: a member, or why not, in words for them. */
export type Arrival = { readonly member: Member } | { readonly flaw: string };

interface MappedRole {
  readonly role: Role;
  readonly teamId: string | null;
}

const TEXT_CHARS_MAX = 200;

/**
 * Makes members of the people who come from an organization's identity provider, and gives them the roles that their groups
 * stand for, anew at each sign-in: who has left a group has lost its role. Roles given by hand stay.
 */
@Injectable()
export class Newcomers {
  constructor(
    private readonly database: PrismaClient,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async welcome(provider: IdentityProvider, claims: ExternalClaims, from: AuditEvent['from']): Promise<Arrival> {
    return this.database.$transaction(async (tx) => {
      // One after the other within an organization, as all its changes: two first sign-ins at once make one member.
      await tx.$queryRaw`SELECT id FROM organizations WHERE id = ${provider.organizationId}::uuid FOR UPDATE`;
      const roles = await rolesOf(tx, provider, claims);
      const known = await findBySubject(tx, provider, claims);
      if (!known && roles.length === 0) return { flaw: 'None of your groups has a role here.' };
      const arrival = known ? { member: known } : await this.join(tx, provider, claims);
      if ('flaw' in arrival) return arrival;
      const before = await tx.roleBinding.findMany({ where: { memberId: arrival.member.id, mapped: true } });
      await replaceMapped(tx, arrival.member, roles);
      const after = await tx.roleBinding.findMany({ where: { memberId: arrival.member.id, mapped: true } });
      if (!known || shown(before) !== shown(after))
        await this.note(tx, arrival.member, {
          from,
          before: JSON.parse(shown(before)),
          after: JSON.parse(shown(after)),
        });
      return arrival;
    });
  }

  /**
   * A first sign-in. Somebody whom an admin added under the same email is taken for the same person only when the provider
   * has verified that email: at many providers people may write there what they like.
   */
  private async join(tx: Tx, provider: IdentityProvider, claims: ExternalClaims): Promise<Arrival> {
    const { organizationId } = provider;
    const email = textOf(claims, 'email')?.toLowerCase();
    if (email === undefined) return { flaw: 'Your identity provider does not tell us your email address.' };
    const link = { identityProviderId: provider.id, externalSubject: String(claims['sub']) };
    const named = await tx.member.findFirst({ where: { organizationId, email } });
    if (named && claims['email_verified'] !== true)
      return { flaw: 'There is a member with your email already. Ask an admin to remove that one first.' };
    if (named) return { member: await tx.member.update({ where: { id: named.id }, data: link }) };
    const name = textOf(claims, 'name') ?? email;
    // They are given their first token within this second.
    const validFrom = fromThisSecond(this.clock.now());
    const data = { id: uuidv7(), organizationId, email, name, validFrom, ...link };
    return { member: await tx.member.create({ data }) };
  }

  private async note(
    tx: Tx,
    { id, email, organizationId }: Member,
    facts: Pick<AuditEvent, 'from' | 'before' | 'after'>,
  ): Promise<void> {
    if (organizationId === null) return;
    await append(tx, {
      organizationId,
      atMs: this.clock.now(),
      actor: { kind: 'member', id, name: email },
      action: 'member.roles-mapped',
      resource: { kind: 'member', id, slug: email },
      ...facts,
    });
  }
}

/** The roles that the groups in the claims stand for. Teams that are gone give none. */
async function rolesOf(tx: Tx, provider: IdentityProvider, claims: ExternalClaims): Promise<MappedRole[]> {
  const { organizationId } = provider;
  const { groupsClaim = '', roles = [] } = stored.signIn(provider) ?? {};
  const groups = [claimOf(claims, groupsClaim)].flat().map(String);
  const mapped = new Map<string, MappedRole>();
  for (const { role, team } of roles.filter(({ group }: RoleMapping) => groups.includes(group))) {
    const found = team === null ? null : await tx.team.findFirst({ where: { organizationId, slug: team } });
    if (team === null || found) mapped.set(`${role} ${found?.id}`, { role, teamId: found?.id ?? null });
  }
  return [...mapped.values()];
}

function findBySubject(tx: Tx, provider: IdentityProvider, claims: ExternalClaims): Promise<Member | null> {
  return tx.member.findFirst({ where: { identityProviderId: provider.id, externalSubject: String(claims['sub']) } });
}

/** The last owner stays one, whatever the groups say: nobody could undo it. */
async function replaceMapped(tx: Tx, { id: memberId, organizationId }: Member, roles: MappedRole[]): Promise<void> {
  if (organizationId === null) return;
  const bindings = await tx.roleBinding.findMany({ where: { memberId } });
  const same = (one: MappedRole, other: { role: string; teamId: string | null }) =>
    one.role === other.role && one.teamId === other.teamId;
  for (const binding of bindings.filter(({ mapped }) => mapped)) {
    if (roles.some((role) => same(role, binding))) continue;
    const owner = binding.role === 'owner' && binding.teamId === null;
    if (owner && (await countOwners(tx, organizationId)) === 1) continue;
    await tx.roleBinding.delete({ where: { id: binding.id } });
  }
  for (const role of roles.filter((each) => !bindings.some((binding) => same(each, binding))))
    await tx.roleBinding.create({ data: { id: uuidv7(), organizationId, memberId, ...role, mapped: true } });
}

function shown(bindings: readonly { readonly role: string; readonly teamId: string | null }[]): string {
  return JSON.stringify(bindings.map(({ role, teamId }) => ({ role, teamId })));
}

function textOf(claims: ExternalClaims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' && value.length <= TEXT_CHARS_MAX && !value.includes('\0')
    ? value
    : undefined;
}
