import { formatUsd, parseUsd } from '#libs/core';
import {
  formatOf,
  type GenericColumns,
  type Measured,
  type Reconciliation,
  type ReconciliationLine,
  type ReconciliationParameters,
} from '#libs/ledger';
import { invalidField } from '../../http/validation.js';
import type {
  CreateReconciliation,
  MeasuredAnswer,
  ReconciliationAnswer,
  ReconciliationLineAnswer,
  ToleranceBody,
} from './reconciliations.dto.js';

const MILLIONTHS_PER_PERCENT = 10_000;

/** Throws invalid_request for a generic export without columns or provider. */
export function toParameters(body: CreateReconciliation): ReconciliationParameters {
  const columns = body.columns === undefined ? null : (JSON.parse(JSON.stringify(body.columns)) as GenericColumns);
  const format = formatOf(body.kind, columns);
  const provider = body.provider ?? format.provider;
  if (provider === null) throw invalidField('provider', 'must say whose export this is');
  const { delimiter = ',', credentials = {}, timezone = 'UTC', tolerance = {} } = body;
  return { provider, columns, delimiter, credentials, timezone, tolerance: toTolerance(tolerance) };
}

function toTolerance({ tokens = 0, requests = 0, costUsd = '0.05', percent = '0.5' }: ToleranceBody) {
  const millionths = Math.round(Number(percent) * MILLIONTHS_PER_PERCENT);
  return { tokens, requests, costNanoUsd: parseUsd(costUsd).toString(), millionths };
}

export function toApi(reconciliation: Reconciliation): ReconciliationAnswer {
  const { id, kind, parameters, status, bytes, bytesRead, rows, summary, error, createdAt, finishedAt } =
    reconciliation;
  return {
    ...{ id, kind, provider: parameters.provider, status },
    progress: Number((100n * bytesRead) / bytes),
    rows: Number(rows),
    from: summary?.from ?? null,
    to: summary?.to ?? null,
    summary: (summary?.parts ?? []).map((part) => ({
      outcome: part.outcome,
      cause: part.cause,
      lines: part.lines,
      providerCostUsd: part.thereCostNanoUsd === null ? null : formatUsd(BigInt(part.thereCostNanoUsd)),
      ledgerCostUsd: formatUsd(BigInt(part.hereCostNanoUsd)),
    })),
    ...{ error, createdAt, finishedAt },
  };
}

export function toApiLine(line: ReconciliationLine): ReconciliationLineAnswer {
  const { day, model, credential, outcome, cause, there, here } = line;
  const side = { provider: toApiMeasured(there), ledger: toApiMeasured(here) };
  return { day, model, credential: credential || null, outcome, cause, ...side };
}

function toApiMeasured({ costNanoUsd, ...counts }: Measured): MeasuredAnswer {
  const count = (value: bigint | null): number | null => (value === null ? null : Number(value));
  return {
    requests: count(counts.requests),
    inputTokens: count(counts.inputTokens),
    cachedInputTokens: count(counts.cachedInputTokens),
    cacheWriteTokens: count(counts.cacheWriteTokens),
    outputTokens: count(counts.outputTokens),
    costUsd: costNanoUsd === null ? null : formatUsd(costNanoUsd),
  };
}
