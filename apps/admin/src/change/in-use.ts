import { TollgateError } from '#libs/core';

/** A kind of resource and those of it that use something: `['service', ['checkout', 'search']]`. */
export type Users = readonly [kind: string, names: readonly string[]];

const NAMES_SHOWN = 5;

/** Throws conflict, saying by what, when anything uses `what`: `The team "search" is used by service "checkout".` */
export function requireUnused(what: string, users: readonly Users[]): void {
  const inUse = users.filter(([, names]) => names.length > 0);
  if (inUse.length === 0) return;
  const fields = inUse.map(([kind, names]) => ({ field: kind, message: names.slice(0, NAMES_SHOWN).join(', ') }));
  throw new TollgateError('conflict', `The ${what} is used by ${inUse.map(describe).join(' and ')}.`, { fields });
}

function describe([kind, names]: Users): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => JSON.stringify(name));
  const hidden = names.length - shown.length;
  return `${kind} ${shown.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

export const SLUG_ONLY = { slug: true } as const;

export async function slugsOf(rows: Promise<readonly { readonly slug: string }[]>): Promise<string[]> {
  return (await rows).map(({ slug }) => slug);
}
