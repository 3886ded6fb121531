import { wrongUsage } from '../failure.js';
import type { AdminApi } from './admin-api.js';

/** Slugs of the organizations asked for: the one that is named, or all. */
export async function organizationSlugs(api: AdminApi, named: string | undefined): Promise<string[]> {
  if (named !== undefined) return [named];
  return (await api.list('/organizations')).map(({ slug }) => String(slug));
}

/** The one that is named, or the only one. Throws wrong usage when there are several to choose from, or none. */
export async function oneOrganization(api: AdminApi, named: string | undefined): Promise<string> {
  const slugs = await organizationSlugs(api, named);
  const [only] = slugs;
  if (only !== undefined && slugs.length === 1) return only;
  throw wrongUsage(
    only === undefined ? 'There is no organization yet' : `Which organization? --organization ${slugs.join(' | ')}`,
  );
}
