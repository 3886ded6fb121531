import type { AuditEvent } from '#libs/messages';

/** Version of {@link canonicalBytes}. A new format gets a new number; old rows keep the one they were hashed with. */
export const FORMAT = 1;

/** An audit event at its place in the chain of its organization. */
export interface Link {
  readonly format: number;
  /** From 1, without gaps. */
  readonly sequence: bigint;
  /** Hash of the link before; {@link GENESIS} for the first. */
  readonly previousHash: string;
  readonly event: AuditEvent;
}

/** What the first link of a chain follows. */
export const GENESIS = '0'.repeat(64);

/**
 * The bytes of a link that are hashed: a line naming format 1, then its facts as JSON with the names of every object in
 * order of their UTF-16 code units and no white space (RFC 8785 for the values that occur). Throws RangeError for a format
 * it does not know.
 */
export function canonicalBytes({ format, sequence, previousHash, event }: Link): Buffer {
  if (format !== FORMAT) throw new RangeError(`unknown format of audit events: ${format}`);
  const { organizationId, atMs, actor, action, resource, before, after, from } = event;
  const facts = {
    sequence: sequence.toString(),
    previousHash,
    organizationId,
    at: new Date(atMs).toISOString(),
    actor,
    action,
    resource,
    before: before ?? null,
    after: after ?? null,
    from,
  };
  return Buffer.from(`tollgate-audit-1\n${canonicalJson(facts)}`);
}

/** JSON with object names in order. `undefined` properties are left out, as JSON does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`);
  return `{${members.join(',')}}`;
}
