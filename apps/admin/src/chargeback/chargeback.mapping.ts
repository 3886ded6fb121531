import { formatUsd, parseUsd } from '#libs/core';
import type { Adjustment, NewAdjustment, Statement, StatementLine } from '#libs/ledger';
import type { AdjustmentAnswer, CreateAdjustment, StatementAnswer, StatementLineAnswer } from './chargeback.dto.js';

export function toApi(statement: Statement): StatementAnswer {
  const { id, period, status, usageNanoUsd, adjustmentNanoUsd, linesHash, closedAt, createdAt } = statement;
  return {
    id,
    period,
    status,
    totalUsd: formatUsd(usageNanoUsd + adjustmentNanoUsd),
    usageUsd: formatUsd(usageNanoUsd),
    adjustmentUsd: formatUsd(adjustmentNanoUsd),
    linesHash,
    closedAt,
    createdAt,
  };
}

export function toApiLine(line: StatementLine): StatementLineAnswer {
  const { kind, costCenter, team, service, agent, provider, model, costNanoUsd, adjustmentNanoUsd, reason } = line;
  return {
    ...{ kind, costCenter, team, service, agent, provider, model },
    requests: Number(line.requests),
    inputTokens: Number(line.inputTokens),
    cachedInputTokens: Number(line.cachedInputTokens),
    cacheWriteTokens: Number(line.cacheWriteTokens),
    outputTokens: Number(line.outputTokens),
    reasoningTokens: Number(line.reasoningTokens),
    costUsd: formatUsd(costNanoUsd),
    cachedRequests: Number(line.cachedRequests),
    savedUsd: formatUsd(line.savedNanoUsd),
    adjustmentUsd: formatUsd(adjustmentNanoUsd),
    totalUsd: formatUsd(costNanoUsd + adjustmentNanoUsd),
    reason,
  };
}

export function fromApiAdjustment({ team, service = null, amount, reason }: CreateAdjustment): NewAdjustment {
  return { team, service, amountNanoUsd: parseUsd(amount), reason };
}

export function toApiAdjustment(adjustment: Adjustment): AdjustmentAnswer {
  const { id, statementId, costCenter, team, service, amountNanoUsd, reason, createdAt } = adjustment;
  return { id, statement: statementId, costCenter, team, service, amount: formatUsd(amountNanoUsd), reason, createdAt };
}
