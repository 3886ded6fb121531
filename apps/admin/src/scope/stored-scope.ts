import type { Prisma } from '#libs/database';
import type { Scope } from '#libs/quota';
import { inReach, type Reach, teamsInReach } from '../access/reach.js';
import { type Named, referTo } from '../change/named.js';
import type { ScopeAttribute } from '../change/scope-users.js';

type Tx = Prisma.TransactionClient;

/** How each attribute of a scope that names one of our resources finds it. */
const FIND: Record<ScopeAttribute, (tx: Tx, where: Named, reach: Reach) => Promise<{ readonly slug: string } | null>> =
  {
    team: (tx, where, reach) => tx.team.findFirst({ where: { ...where, ...teamsInReach(reach) } }),
    service: (tx, where, reach) => tx.service.findFirst({ where: { ...where, ...inReach(reach) } }),
    model: (tx, where) => tx.model.findFirst({ where }),
    route: (tx, where) => tx.route.findFirst({ where }),
  };

/**
 * A scope as it is stored: names resources by slug. Throws invalid_request about `scope.<attribute>` when it names what does
 * not exist, or not for this caller: such a scope would silently bind nothing.
 */
export async function storedScope(
  tx: Tx,
  organizationId: string,
  scope: Scope,
  reach: Reach,
): Promise<Prisma.InputJsonObject> {
  const stored: Record<string, Prisma.InputJsonValue> = {};
  for (const [attribute, value] of Object.entries(scope)) {
    if (value === undefined) continue;
    const find = isReference(attribute) ? FIND[attribute] : undefined;
    stored[attribute] =
      find && value !== '*'
        ? (await referTo(`scope.${attribute}`, organizationId, value, (where) => find(tx, where, reach))).slug
        : value;
  }
  return stored;
}

function isReference(attribute: string): attribute is ScopeAttribute {
  return attribute in FIND;
}
