import { Prisma } from '#libs/database';

/**
 * A checked body as the value of a JSON column. Bodies are instances of their DTO class; only their own defined properties
 * are stored.
 */
export function toJson(value: object): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

/** As {@link toJson} for a column that can be empty: null empties it, undefined leaves it. */
export function toNullableJson<T extends object | null | undefined>(
  value: T,
): Prisma.InputJsonValue | typeof Prisma.DbNull | (undefined extends T ? undefined : never) {
  if (value === undefined) return undefined as undefined extends T ? undefined : never;
  return value === null ? Prisma.DbNull : toJson(value);
}
