import { TollgateError } from '#libs/core';
import type { Prisma } from '#libs/database';
import { type ServiceRule, TEAM_ROLES } from '#libs/identity';
import { referTo } from '../change/named.js';
import { invalidField } from '../http/validation.js';
import type { RoleMappingBody, ServiceRuleBody } from './identity-providers.dto.js';
import { type RoleMapping, stored } from './stored.js';

type Tx = Prisma.TransactionClient;

/**
 * Rules as they are stored: services by slug. Throws not_found for a service that does not exist, invalid_request for a rule that
 * any subject of the issuer would fit: many issuers give tokens to the whole world.
 */
export async function storedRules(
  tx: Tx,
  organizationId: string,
  rules: readonly ServiceRuleBody[],
): Promise<ServiceRule[]> {
  const result: ServiceRule[] = [];
  for (const [index, { service, audience, subject = null, claims = {} }] of rules.entries()) {
    const told = [subject, ...Object.values(claims)].some((value) => value !== null && value !== '*');
    if (!told) throw invalidField(`services.${index}`, 'must say what the subject or another claim has to be');
    const find = (where: object) => tx.service.findFirst({ where });
    const { slug } = await referTo(`services.${index}.service`, organizationId, service, find);
    result.push({ service: slug, audience, subject, claims: { ...claims } });
  }
  return result;
}

/** Role mappings as they are stored: teams by slug. Throws not_found for a team that does not exist. */
export async function storedMappings(
  tx: Tx,
  organizationId: string,
  mappings: readonly RoleMappingBody[],
): Promise<RoleMapping[]> {
  const result: RoleMapping[] = [];
  for (const [index, { group, role, team = null }] of mappings.entries()) {
    const field = `signIn.roles.${index}.team`;
    if (team !== null && !(TEAM_ROLES as readonly string[]).includes(role))
      throw invalidField(field, `must not be given: ${role} is a role for the whole organization`);
    const find = (where: object) => tx.team.findFirst({ where });
    const slug = team === null ? null : (await referTo(field, organizationId, team, find)).slug;
    result.push({ group, role, team: slug });
  }
  return result;
}

/**
 * Throws conflict when another organization takes tokens of this issuer for one of these audiences: a token could then be
 * claimed by both. Holds everyone else who would say so off until the transaction ends.
 */
export async function requireOwnAudiences(
  tx: Tx,
  organizationId: string,
  issuer: string,
  rules: readonly ServiceRule[],
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`trusted issuer:${issuer}`}, 0))`;
  const others = await tx.identityProvider.findMany({ where: { issuer, organizationId: { not: organizationId } } });
  const taken = new Set(others.flatMap((row) => stored.rules(row).map(({ audience }) => audience)));
  const clash = rules.find(({ audience }) => taken.has(audience));
  if (clash)
    throw new TollgateError(
      'conflict',
      'This issuer’s tokens for this audience are taken already. Use an audience that is your organization’s own.',
      { fields: [{ field: 'services', message: `audience "${clash.audience}" is taken` }] },
    );
}
