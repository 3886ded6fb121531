import type { Prisma } from '#libs/database';
import type { Users } from '../change/in-use.js';
import { stored } from './stored.js';

/** The identity providers whose rules name this service or team. */
export async function identityProvidersNaming(
  tx: Prisma.TransactionClient,
  organizationId: string,
  kind: 'service' | 'team',
  slug: string,
): Promise<Users> {
  const rows = await tx.identityProvider.findMany({ where: { organizationId } });
  const naming = rows.filter((row) =>
    kind === 'service'
      ? stored.rules(row).some(({ service }) => service === slug)
      : stored.signIn(row)?.roles.some(({ team }) => team === slug),
  );
  return ['identity provider', naming.map((row) => row.slug)];
}
