import { MEASURES, type Measure, type Measured } from './billed-row.js';
import type { Tolerance } from './reconciliation.js';

export type Outcome = 'matched' | 'missing-here' | 'missing-there' | 'differing';

/**
 * Why a line is not matched, as far as the figures tell. `time-zone-shift`: the neighbouring day of the same model has the
 * opposite difference; `other-credential`: another key of the same day and model has it; `cached-tokens`: the tokens agree, but
 * not how many were cached; `price-difference`: the tokens agree, but not the cost; `unpriced`: we had no price;
 * `estimated`: we counted tokens ourselves; `unknown-model`: we have never called this model; `not-through-gateway`: calls with
 * our key that did not pass here; `not-billed`: calls that the provider does not list.
 */
export type Cause =
  | 'time-zone-shift'
  | 'other-credential'
  | 'cached-tokens'
  | 'price-difference'
  | 'unpriced'
  | 'estimated'
  | 'unknown-model'
  | 'not-through-gateway'
  | 'not-billed';

/** One day, model and credential, from both sides. */
export interface Compared {
  readonly day: string;
  readonly credential: string;
  readonly there: Measured;
  readonly here: Measured;
  /** Of our calls. */
  readonly unpriced: bigint;
  readonly estimated: bigint;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** Null when matched. */
  readonly cause: Cause | null;
}

const DAY_MS = 86_400_000;
const TOKEN_TOTALS = ['inputTokens', 'outputTokens'] as const satisfies readonly Measure[];

/** Judges all lines of one model together, because a likely cause shows in the neighbours. In the order given. */
export function judge(lines: readonly Compared[], tolerance: Tolerance): Verdict[] {
  const unknown = !lines.some(({ here }) => isThere(here));
  const byDay = new Map<string, Compared[]>();
  for (const line of lines) byDay.set(line.day, [...(byDay.get(line.day) ?? []), line]);
  return lines.map((line) => {
    const outcome = outcomeOf(line, tolerance);
    if (outcome === 'matched') return { outcome, cause: null };
    if (unknown) return { outcome, cause: 'unknown-model' };
    return { outcome, cause: shifted(line, byDay, tolerance) ?? causeOf(line, outcome, tolerance) };
  });
}

/** Whether the opposite difference is next to it: a day before or after, or at another key. */
function shifted(line: Compared, byDay: ReadonlyMap<string, Compared[]>, tolerance: Tolerance): Cause | null {
  const on = (offsetMs: number): Compared[] => byDay.get(dayAfter(line.day, offsetMs)) ?? [];
  const sameKey = [...on(-DAY_MS), ...on(DAY_MS)].filter(({ credential }) => credential === line.credential);
  if (sameKey.some((other) => agreeTogether(line, other, tolerance))) return 'time-zone-shift';
  const otherKeys = on(0).filter(({ credential }) => credential !== line.credential);
  if (otherKeys.some((other) => agreeTogether(line, other, tolerance))) return 'other-credential';
  return null;
}

const dayAfter = (day: string, offsetMs: number): string =>
  new Date(Date.parse(day) + offsetMs).toISOString().slice(0, 10);

function outcomeOf({ there, here }: Compared, tolerance: Tolerance): Outcome {
  const agreed = differing(there, here, tolerance).length === 0;
  if (agreed) return 'matched';
  if (!isThere(here)) return 'missing-here';
  if (!isThere(there)) return 'missing-there';
  return 'differing';
}

function causeOf(line: Compared, outcome: Outcome, tolerance: Tolerance): Cause {
  if (outcome === 'missing-there') return 'not-billed';
  const measures = differing(line.there, line.here, tolerance);
  const tokensAgree = !measures.includes('requests') && !TOKEN_TOTALS.some((measure) => measures.includes(measure));
  if (measures.includes('costNanoUsd') && line.unpriced > 0n) return 'unpriced';
  if (outcome === 'differing' && tokensAgree)
    return measures.some((measure) => measure.startsWith('cache')) ? 'cached-tokens' : 'price-difference';
  return line.estimated > 0n ? 'estimated' : 'not-through-gateway';
}

/** Measures that both sides could state and that are further apart than both tolerances; what one side lacks counts as zero. */
function differing(there: Measured, here: Measured, tolerance: Tolerance): Measure[] {
  const whole = !isThere(there);
  return MEASURES.filter((measure) => {
    const theirs = there[measure];
    if (theirs === null && !whole) return false;
    return apart(measure, theirs ?? 0n, here[measure] ?? 0n, tolerance);
  });
}

function apart(measure: Measure, a: bigint, b: bigint, tolerance: Tolerance): boolean {
  const difference = a > b ? a - b : b - a;
  const larger = a > b ? a : b;
  return difference > absolute(measure, tolerance) && difference * 1_000_000n > larger * BigInt(tolerance.millionths);
}

function absolute(measure: Measure, { tokens, requests, costNanoUsd }: Tolerance): bigint {
  if (measure === 'costNanoUsd') return BigInt(costNanoUsd);
  return BigInt(measure === 'requests' ? requests : tokens);
}

const isThere = (side: Measured): boolean => MEASURES.some((measure) => side[measure] !== null);

/** Whether two lines that do not agree each do so as one: what the one has too much the other has too little. */
function agreeTogether(a: Compared, b: Compared, tolerance: Tolerance): boolean {
  if (differing(b.there, b.here, tolerance).length === 0) return false;
  return differing(sumOf(a.there, b.there), sumOf(a.here, b.here), tolerance).length === 0;
}

function sumOf(a: Measured, b: Measured): Measured {
  const add = (measure: Measure): bigint | null =>
    a[measure] === null && b[measure] === null ? null : (a[measure] ?? 0n) + (b[measure] ?? 0n);
  return Object.fromEntries(MEASURES.map((measure) => [measure, add(measure)])) as Record<Measure, bigint | null>;
}
