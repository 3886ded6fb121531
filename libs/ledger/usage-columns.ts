import type { TokenCounts } from '#libs/core';
import type { UsageEvent } from '#libs/messages';

/** What a column of the insert is given: text, number, boolean, or null. JSON travels as text. */
export type Cell = string | number | boolean | null;

type Fields = Readonly<Record<string, unknown>>;

interface Column {
  /** Of the table usage_records. */
  readonly name: string;
  /** In Postgres. */
  readonly type: string;
  /** From the event; throws when the field is not of the kind that the column holds. */
  readonly read: (event: Fields) => Cell;
}

const INTEGER_MAX = 2_147_483_647;
const SMALLINT_MAX = 32_767;
const BIGINT_MAX = 9_223_372_036_854_775_807n;

/** Every column of a usage record: where it comes from, and what it must be. */
export const COLUMNS: readonly Column[] = [
  { name: 'call_id', type: 'uuid', read: text('callId') },
  { name: 'at', type: 'timestamptz', read: time('atMs') },
  { name: 'organization_id', type: 'uuid', read: text('organizationId') },
  { name: 'request_id', type: 'text', read: text('requestId') },
  { name: 'team', type: 'text', read: text('team') },
  { name: 'cost_center', type: 'text', read: optional('costCenter', text) },
  { name: 'service', type: 'text', read: text('service') },
  { name: 'agent', type: 'text', read: optional('agent', text) },
  { name: 'session', type: 'text', read: optional('session', text) },
  { name: 'end_user', type: 'text', read: optional('endUser', text) },
  { name: 'credential_id', type: 'text', read: optional('credentialId', text) },
  { name: 'surface', type: 'text', read: text('surface') },
  { name: 'route', type: 'text', read: optional('route', text) },
  { name: 'requested_model', type: 'text', read: text('requestedModel') },
  { name: 'model', type: 'text', read: optional('model', text) },
  { name: 'provider', type: 'text', read: optional('provider', text) },
  { name: 'upstream_model', type: 'text', read: optional('upstreamModel', text) },
  { name: 'answered_model', type: 'text', read: optional('answeredModel', text) },
  { name: 'status', type: 'smallint', read: integer('status', SMALLINT_MAX) },
  { name: 'error', type: 'text', read: optional('error', text) },
  { name: 'attempts', type: 'jsonb', read: json('attempts', Array.isArray) },
  { name: 'stream', type: 'boolean', read: fact('stream') },
  { name: 'input_tokens', type: 'integer', read: tokens('input') },
  { name: 'cache_read_tokens', type: 'integer', read: tokens('cacheRead') },
  { name: 'cache_write_tokens', type: 'integer', read: tokens('cacheWrite') },
  { name: 'cache_write_1h_tokens', type: 'integer', read: tokens('cacheWrite1h') },
  { name: 'output_tokens', type: 'integer', read: tokens('output') },
  { name: 'reasoning_tokens', type: 'integer', read: tokens('reasoning') },
  { name: 'audio_input_tokens', type: 'integer', read: tokens('audioInput') },
  { name: 'audio_output_tokens', type: 'integer', read: tokens('audioOutput') },
  { name: 'estimated', type: 'boolean', read: fact('estimated') },
  { name: 'orphaned', type: 'boolean', read: fact('orphaned') },
  { name: 'cost_nano_usd', type: 'bigint', read: nanoUsd('costNanoUsd') },
  { name: 'price_version', type: 'text', read: optional('priceVersion', text) },
  { name: 'unpriced', type: 'boolean', read: fact('unpriced') },
  { name: 'latency_ms', type: 'integer', read: integer('latencyMs', INTEGER_MAX) },
  { name: 'first_token_ms', type: 'integer', read: optional('firstTokenMs', integer) },
  { name: 'cache', type: 'text', read: text('cache') },
  { name: 'saved_nano_usd', type: 'bigint', read: optional('savedNanoUsd', nanoUsd) },
  { name: 'findings', type: 'jsonb', read: json('findings', Array.isArray) },
  { name: 'tags', type: 'jsonb', read: json('tags', isTextMap) },
  { name: 'trace_id', type: 'text', read: optional('traceId', text) },
  { name: 'provider_credential', type: 'text', read: optional('providerCredential', text) },
  { name: 'units', type: 'integer', read: optional('units', integer) },
  { name: 'service_tier', type: 'text', read: optional('serviceTier', text) },
  { name: 'tool_calls', type: 'jsonb', read: optional('toolCalls', (field) => json(field, isCountMap)) },
  { name: 'subject', type: 'text', read: optional('subject', text) },
  { name: 'actors', type: 'jsonb', read: optional('actors', (field) => json(field, isTextList)) },
];

type Field = keyof UsageEvent;
type Read = (event: Fields) => Cell;

function text(field: Field): Read {
  return (event) => {
    const value = event[field];
    if (typeof value !== 'string') throw new TypeError(`${field} is not a text`);
    return value;
  };
}

function fact(field: Field): Read {
  return (event) => {
    const value = event[field];
    if (typeof value !== 'boolean') throw new TypeError(`${field} is not true or false`);
    return value;
  };
}

function integer(field: Field, max: number = INTEGER_MAX): Read {
  return (event) => count(field, event[field], max);
}

/** Null and absent are the same: an optional field may be added to the event without a new version. */
function optional(field: Field, kind: (field: Field) => Read): Read {
  const read = kind(field);
  return (event) => (event[field] === null || event[field] === undefined ? null : read(event));
}

function time(field: Field): Read {
  return (event) => new Date(count(field, event[field], Number.MAX_SAFE_INTEGER)).toISOString();
}

function tokens(kind: keyof TokenCounts): Read {
  return ({ tokens: counts }) => count(`tokens.${kind}`, (counts as Fields | null | undefined)?.[kind], INTEGER_MAX);
}

function nanoUsd(field: Field): Read {
  return (event) => {
    const value = event[field];
    if (typeof value !== 'string' || !/^\d{1,19}$/.test(value) || BigInt(value) > BIGINT_MAX)
      throw new TypeError(`${field} is not an amount`);
    return value;
  };
}

function json(field: Field, isRight: (value: unknown) => boolean): Read {
  return (event) => {
    const value = event[field];
    if (!isRight(value)) throw new TypeError(`${field} has the wrong shape`);
    return JSON.stringify(value);
  };
}

function count(name: string, value: unknown, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max)
    throw new TypeError(`${name} is not an integer from 0 to ${max}`);
  return value;
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTextMap(value: unknown): boolean {
  return isMapOf(value, (item) => typeof item === 'string');
}

function isCountMap(value: unknown): boolean {
  return isMapOf(value, (item) => Number.isSafeInteger(item) && (item as number) >= 0);
}

function isMapOf(value: unknown, isRight: (item: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isRight);
}
