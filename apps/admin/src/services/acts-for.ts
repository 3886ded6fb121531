import type { Prisma } from '#libs/database';
import type { ActsFor, UserRule } from '#libs/identity';
import { inReach, type Reach } from '../access/reach.js';
import type { Users } from '../change/in-use.js';
import { referTo } from '../change/named.js';
import type { ActsForBody } from './acts-for.dto.js';

type Tx = Prisma.TransactionClient;

/** As it is stored: everyone by slug. Throws not_found for a service or identity provider that does not exist. */
export async function storedActsFor(
  tx: Tx,
  organizationId: string,
  { members = false, services = [], users = [] }: ActsForBody,
  reach: Reach,
): Promise<ActsFor> {
  const slugs: string[] = [];
  for (const [index, service] of services.entries()) {
    const find = (where: object) => tx.service.findFirst({ where: { ...where, ...inReach(reach) } });
    slugs.push((await referTo(`actsFor.services.${index}`, organizationId, service, find)).slug);
  }
  const rules: UserRule[] = [];
  for (const [index, { identityProvider, audience, subject = null, claims = {} }] of users.entries()) {
    const field = `actsFor.users.${index}.identityProvider`;
    const find = (where: object) => tx.identityProvider.findFirst({ where });
    const { slug } = await referTo(field, organizationId, identityProvider, find);
    rules.push({ identityProvider: slug, audience, subject, claims: { ...claims } });
  }
  return { members, services: slugs, users: rules };
}

/** What a service's column says; it was checked when it was written. */
export function actsForOf({ actsFor }: { readonly actsFor: Prisma.JsonValue }): ActsFor | null {
  return actsFor as unknown as ActsFor | null;
}

/** The services that may act for this service, or for users of this identity provider. */
export async function servicesActingFor(
  tx: Tx,
  organizationId: string,
  kind: 'service' | 'identity-provider',
  slug: string,
): Promise<Users> {
  const rows = await tx.service.findMany({ where: { organizationId }, select: { slug: true, actsFor: true } });
  const acting = rows.filter((row) => {
    const { services = [], users = [] } = actsForOf(row) ?? {};
    return kind === 'service' ? services.includes(slug) : users.some((rule) => rule.identityProvider === slug);
  });
  return ['service acting for it', acting.map((row) => row.slug)];
}
