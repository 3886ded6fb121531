import { err, isUuid, ok, type Result } from '#libs/core';
import { type Cell, COLUMNS } from './usage-columns.js';

/** A usage event, checked and in the order of the table's columns. */
export interface UsageRow {
  readonly callId: string;
  readonly organizationId: string;
  readonly atMs: number;
  /** The credential or gateway key that the call was made with, null without one. */
  readonly credentialId: string | null;
  readonly cells: readonly Cell[];
}

/** The earliest arrival that is believed. Also keeps a wrong clock from making partitions for every day of a millennium. */
const EARLIEST_MS = Date.UTC(2024, 0, 1);
const CLOCK_SKEW_MS = 24 * 3_600_000;

/** Escapes that JSON allows and Postgres refuses: NUL and lone surrogates. */
const UNSTORABLE = /\\u(?:0000|[dD][89a-fA-F])/;

/**
 * Reads one entry of an organization's usage stream. The error is the reason why it can never become a record: not our
 * version, a field missing or of the wrong kind, another organization's, or at an impossible time.
 */
export function readUsageEvent(json: string, organizationId: string, nowMs: number): Result<UsageRow, string> {
  try {
    const event = UNSTORABLE.test(json) ? storable(JSON.parse(json)) : JSON.parse(json);
    if (typeof event !== 'object' || event === null) return err('not a JSON object');
    return readFields(event as Record<string, unknown>, organizationId, nowMs);
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

function readFields(
  event: Readonly<Record<string, unknown>>,
  organizationId: string,
  nowMs: number,
): Result<UsageRow, string> {
  const { version, callId, atMs } = event;
  if (version !== 1) return err(`unknown version: ${JSON.stringify(version)}`);
  if (typeof callId !== 'string' || !isUuid(callId)) return err('callId is not a UUID');
  if (event['organizationId'] !== organizationId) return err('belongs to another organization than its stream');
  if (typeof atMs !== 'number' || !(atMs >= EARLIEST_MS && atMs <= nowMs + CLOCK_SKEW_MS))
    return err(`impossible time: ${JSON.stringify(atMs)}`);
  const cells = COLUMNS.map((column) => column.read(event));
  const { credentialId } = event;
  return ok({
    callId,
    organizationId,
    atMs,
    credentialId: typeof credentialId === 'string' ? credentialId : null,
    cells,
  });
}

/** The same value with every text as Postgres can store it. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', '\uFFFD')).toString();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item)]));
}
