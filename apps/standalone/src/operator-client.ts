import { uuidv7 } from '#libs/core';
import { createDatabase } from '#libs/database';
import { hashSecret, newSecret } from '#libs/identity';
import type { ClientCredentials } from './credentials.js';

/**
 * Makes the operator's client known to the admin app: the one from an earlier start where there is one, so that a new
 * database accepts the credentials people already have; else a new one.
 */
export async function ensureOperatorClient(
  databaseUrl: string,
  known: ClientCredentials | null,
): Promise<ClientCredentials> {
  const client = known ?? { clientId: `operator-${uuidv7()}`, clientSecret: newSecret() };
  await using database = createDatabase(databaseUrl, { max: 1 });
  const secretHash = hashSecret(client.clientSecret);
  await database.prisma.operatorClient.upsert({
    where: { clientId: client.clientId },
    create: { clientId: client.clientId, name: 'Made at the first start', secretHash },
    update: { secretHash },
  });
  return client;
}
