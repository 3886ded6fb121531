import { formatUsd, isUuid } from '#libs/core';
import type { LoggedRequest, LogPosition, RequestFilter } from '#libs/ledger';
import { totalInput, totalOutput } from '#libs/metering';
import { momentOf } from '../http/instant.js';
import { invalidField } from '../http/validation.js';
import type { RequestAnswer } from './requests.dto.js';
import type { RequestsFilter } from './requests.query.js';

export function toApi({
  callId,
  tokens,
  attempts,
  findings,
  costNanoUsd,
  actors,
  savedNanoUsd,
  ...request
}: LoggedRequest): RequestAnswer {
  return {
    ...request,
    id: callId,
    attempts: attempts.map(({ model, outcome, startMs, ms }) => ({ model, outcome, startMs: startMs ?? null, ms })),
    findings: [...findings],
    actors: actors && [...actors],
    inputTokens: totalInput(tokens),
    cachedInputTokens: tokens.cacheRead,
    cacheWriteTokens: tokens.cacheWrite + tokens.cacheWrite1h,
    outputTokens: totalOutput(tokens),
    reasoningTokens: tokens.reasoning,
    costUsd: formatUsd(costNanoUsd),
    savedUsd: formatUsd(savedNanoUsd),
  };
}

export function toFilter({ query, tags }: RequestsFilter): RequestFilter {
  const { team, service, agent, route, provider, model, session, endUser, subject, decision } = query;
  const { cache, status, from, to, q } = query;
  return {
    ...{ team, service, agent, route, provider, model, session, endUser, subject, decision, cache, tags, text: q },
    ...(status !== undefined && { status: statusRange(status) }),
    ...(from !== undefined && { from: momentOf(from) }),
    ...(to !== undefined && { to: momentOf(to) }),
  };
}

/** `429` → that one, `4xx` → all of the class. */
function statusRange(status: string): [number, number] {
  if (!status.endsWith('xx')) return [Number(status), Number(status)];
  const first = Number(status[0]) * 100;
  return [first, first + 99];
}

const TIME_BYTES = 8;

export function encodePosition({ at, callId }: LogPosition): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigInt64BE(BigInt(at.getTime()));
  return Buffer.concat([time, Buffer.from(callId.replaceAll('-', ''), 'hex')]).toString('base64url');
}

/** Throws invalid_request for what encodePosition did not write. */
export function decodePosition(cursor: string): LogPosition {
  const bytes = Buffer.from(cursor, 'base64url');
  const hex = bytes.subarray(TIME_BYTES).toString('hex');
  const callId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const at = bytes.length < TIME_BYTES ? new Date(Number.NaN) : new Date(Number(bytes.readBigInt64BE()));
  if (!isUuid(callId) || Number.isNaN(at.getTime()))
    throw invalidField('cursor', 'must be the nextCursor of an earlier answer');
  return { at, callId };
}
