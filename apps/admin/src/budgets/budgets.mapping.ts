import { formatUsd } from '#libs/core';
import type { Budget as BudgetRow } from '#libs/database';
import type { Budget, BudgetState, Scope } from '#libs/quota';
import type { BudgetAnswer, BudgetStateAnswer } from './budgets.dto.js';

export function toApi(row: BudgetRow): BudgetAnswer {
  const { id, slug, scope, amountNanoUsd, period, enforcement, alertsAt, timezone, createdAt, updatedAt } = row;
  return {
    id,
    slug,
    scope,
    amount: formatUsd(amountNanoUsd),
    period,
    enforcement,
    alertsAt: alertsAt.map((thousandths) => thousandths / 1000),
    timezone,
    createdAt,
    updatedAt,
  };
}

/** `state` null: not known. */
export function withState(row: BudgetRow, state: BudgetState | null, resetsAtMs: number | null): BudgetStateAnswer {
  return {
    ...toApi(row),
    spent: state && formatUsd(state.committedNanoUsd - state.reservedNanoUsd),
    reserved: state && formatUsd(state.reservedNanoUsd),
    remaining: state && formatUsd(row.amountNanoUsd - state.committedNanoUsd),
    resetsAt: resetsAtMs === null ? null : new Date(resetsAtMs),
  };
}

/** The row as quota counts it. */
export function toQuota(row: BudgetRow): Budget {
  const { id, slug, scope, amountNanoUsd, period, timezone, enforcement, alertsAt } = row;
  return {
    id,
    slug,
    scope: scope as Scope,
    amountNanoUsd: amountNanoUsd.toString(),
    period: period as Budget['period'],
    timezone,
    enforcement: enforcement as Budget['enforcement'],
    alertsAt,
  };
}
