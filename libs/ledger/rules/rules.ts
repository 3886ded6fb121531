import type pg from 'pg';
import { type NanoUsd, parseUsd } from '#libs/core';

/** By what a shared cost is split: evenly, by what each team used, or by fixed shares. */
export const SPLITS = ['even', 'usage', 'shares'] as const;

export type Split = (typeof SPLITS)[number];

/** A cost that several teams bear together. */
export interface SharedCost {
  readonly name: string;
  /** A fixed amount per period, or the team whose own usage is passed on. */
  readonly source: { readonly amountNanoUsd: NanoUsd } | { readonly team: string };
  readonly splitBy: Split;
  /** Slugs of who bears it; empty: all teams but the source. */
  readonly teams: readonly string[];
  /** By team, whole numbers ≥ 0; of `shares` only. */
  readonly shares: Readonly<Record<string, number>>;
}

/** A percentage of what a team used, on top of it. Negative: a discount. */
export interface Markup {
  readonly name: string;
  /** Slug, or `*` for each team. */
  readonly team: string;
  /** Millionths: 50_000 = 5 %. */
  readonly millionths: bigint;
}

export interface StatementRules {
  readonly sharedCosts: readonly SharedCost[];
  readonly markups: readonly Markup[];
}

/** The rules as the settings keep them. */
interface StoredRules {
  readonly sharedCosts?: readonly {
    readonly name: string;
    readonly amountUsd?: string;
    readonly team?: string;
    readonly splitBy: Split;
    readonly teams?: readonly string[];
    readonly shares?: Readonly<Record<string, number>>;
  }[];
  readonly markups?: readonly { readonly name: string; readonly team: string; readonly percent: string }[];
}

/** The organization's rules for statements; none when it never set any. */
export async function readRules(client: pg.PoolClient, organizationId: string): Promise<StatementRules> {
  const { rows } = await client.query<{ chargeback: StoredRules }>(
    'SELECT chargeback FROM organization_settings WHERE organization_id = $1',
    [organizationId],
  );
  const { sharedCosts = [], markups = [] } = rows[0]?.chargeback ?? {};
  return {
    sharedCosts: sharedCosts.map(({ name, amountUsd, team, splitBy, teams = [], shares = {} }) => ({
      ...{ name, splitBy, teams, shares },
      source: team === undefined ? { amountNanoUsd: parseUsd(amountUsd ?? '0') } : { team },
    })),
    markups: markups.map(({ name, team, percent }) => ({ name, team, millionths: millionthsOf(percent) })),
  };
}

const NANO_PER_MILLIONTH_OF_A_PERCENT = 100_000n;

/** `"7.5"` per cent → 75_000 millionths. At most four decimals. */
function millionthsOf(percent: string): bigint {
  return parseUsd(percent) / NANO_PER_MILLIONTH_OF_A_PERCENT;
}
