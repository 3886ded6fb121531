import { isUuid, SLUG, TollgateError } from '#libs/core';

/** The where of one named resource of one organization. */
export type Named = { readonly organizationId: string } & SlugOrId;
export type SlugOrId = { readonly id: string } | { readonly slug: string };
type Find<Where, Row> = (where: Where) => Promise<Row | null>;

/**
 * The resource that a path names by slug or id, or not_found. What belongs to another organization is not found either: its
 * existence is nobody's business.
 */
export async function lookUp<Row>(organizationId: string, slugOrId: string, find: Find<Named, Row>): Promise<Row> {
  return found(await findNamed({ organizationId }, slugOrId, find), slugOrId);
}

/** As {@link lookUp}, for what has no organization above it. */
export async function lookUpTop<Row>(slugOrId: string, find: Find<SlugOrId, Row>): Promise<Row> {
  return found(await findNamed({}, slugOrId, find), slugOrId);
}

/**
 * The resource that a field of a body names by slug or id, or not_found about that field: what is somebody else's answers
 * like what exists nowhere, in a body as in a path.
 */
export async function referTo<Row>(
  field: string,
  organizationId: string,
  slugOrId: string,
  find: Find<Named, Row>,
): Promise<Row> {
  const row = await findNamed({ organizationId }, slugOrId, find);
  if (row === null) throw namesNothing(field, slugOrId);
  return row;
}

/** `not_found` about a field of a body, worded alike whatever the field names. */
export function namesNothing(field: string, slugOrId: string): TollgateError {
  const message = `names nothing that exists: ${quoted(slugOrId)}`;
  return new TollgateError('not_found', `${field}: ${message}`, { param: field, fields: [{ field, message }] });
}

/** The row, or not_found. */
export function found<Row>(row: Row | null, slugOrId: string): Row {
  if (row === null) throw new TollgateError('not_found', `There is no ${quoted(slugOrId)} here.`);
  return row;
}

/** Throws conflict about `slug` when something of this name exists. */
export function requireFree(existing: object | null, slug: string): void {
  if (existing === null) return;
  const fields = [{ field: 'slug', message: 'is taken' }];
  throw new TollgateError('conflict', `The slug ${quoted(slug)} is taken.`, { param: 'slug', fields });
}

async function findNamed<Scope extends object, Row>(
  scope: Scope,
  slugOrId: string,
  find: Find<Scope & SlugOrId, Row>,
): Promise<Row | null> {
  if (isUuid(slugOrId)) return find({ ...scope, id: slugOrId });
  return SLUG.test(slugOrId) ? find({ ...scope, slug: slugOrId }) : null;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 63));
}
