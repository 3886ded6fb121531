import { uuidv7 } from '#libs/core';
import { createDatabase } from '#libs/database';
import { hashPassword, newOneTimePassword, passwordMatches } from '#libs/identity';

/** The person who signs in first: an operator, to be told to whoever started Tollgate. */
export interface FirstUser {
  readonly email: string;
  readonly oneTimePassword: string;
}

const EMAIL = 'operator@localhost';

/**
 * Makes the first user where there is no person among the operators yet. Null as soon as the one-time password was used;
 * until then the one from an earlier start (`known`) still counts, and one that was lost is replaced.
 */
export async function ensureFirstUser(databaseUrl: string, known: FirstUser | undefined): Promise<FirstUser | null> {
  await using database = createDatabase(databaseUrl, { max: 1 });
  const { member } = database.prisma;
  const first = await member.findFirst({ where: { organizationId: null }, orderBy: { id: 'asc' } });
  if (first && !first.passwordOneTime) return null;
  if (first && known && (await passwordMatches(known.oneTimePassword, first.passwordHash))) return known;
  const oneTimePassword = newOneTimePassword();
  const password = { passwordHash: await hashPassword(oneTimePassword), passwordOneTime: true };
  if (first) await member.update({ where: { id: first.id }, data: password });
  else await member.create({ data: { id: uuidv7(), email: EMAIL, name: 'Operator', ...password } });
  return { email: first?.email ?? EMAIL, oneTimePassword };
}
