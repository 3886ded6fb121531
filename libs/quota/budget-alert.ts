/** A budget has reached one of its `alertsAt` shares: said once per subject and period, in the organization's alert stream. */
export interface BudgetAlert {
  readonly budgetId: string;
  readonly subject: string;
  readonly periodKey: string;
  /** Thousandths of the amount. */
  readonly share: number;
  /** Spent when the share was reached. */
  readonly spentNanoUsd: bigint;
}

/** Reads one entry of the stream `keys.budgetAlerts`: field names and values in turn, as XRANGE and XREADGROUP give them. */
export function decodeBudgetAlert(fields: readonly string[]): BudgetAlert {
  const field = (name: string): string => {
    const value = fields[fields.indexOf(name) + 1];
    if (value === undefined) throw new TypeError(`a budget alert without ${name}`);
    return value;
  };
  return {
    budgetId: field('budget'),
    subject: field('subject'),
    periodKey: field('period'),
    share: Number(field('share')),
    spentNanoUsd: BigInt(field('committed')) - BigInt(field('reserved')),
  };
}
