const TAGS_MAX = 16;
const TAG = /^\s*([A-Za-z0-9_.-]{1,64})\s*=\s*([^,]{0,256}?)\s*$/;

/**
 * `x-tollgate-tags: key=value,key=value` as a record. At most 16; what does not parse is passed over, because a tag must not
 * cost a caller its answer.
 */
export function readTags(header: string | undefined): Readonly<Record<string, string>> {
  if (!header) return {};
  const entries: [string, string][] = [];
  for (const piece of header.split(',')) {
    const [, key, value] = TAG.exec(piece) ?? [];
    if (key !== undefined && value !== undefined && entries.length < TAGS_MAX) entries.push([key, value]);
  }
  // Object.fromEntries defines, never assigns: a tag named __proto__ is a tag like any other.
  return Object.fromEntries(entries);
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The trace id of a W3C `traceparent`, null when there is none. */
export function traceIdOf(header: string | undefined): string | null {
  return (header && TRACEPARENT.exec(header)?.[1]) ?? null;
}
