import { createDatabase } from '#libs/database';

/** Slugs under which the demo keeps the simulator's credentials, in every organization that uses it. */
export const SIMULATOR_CREDENTIALS = ['sim-openai', 'sim-anthropic'];

/** Whether the simulator is to run: until there is a credential of a real provider, or because it was asked for. */
export async function simulatorWanted(databaseUrl: string, { demo }: { readonly demo: boolean }): Promise<boolean> {
  if (demo) return true;
  await using database = createDatabase(databaseUrl, { max: 1 });
  const real = await database.prisma.providerCredential.count({ where: { slug: { notIn: SIMULATOR_CREDENTIALS } } });
  return real === 0;
}
