import type { NanoUsd } from '#libs/core';

/** What a provider's export can say of a day, model and key. Tokens as the API counts them: input is all input. */
export const MEASURES = [
  'requests',
  'inputTokens',
  'cachedInputTokens',
  'cacheWriteTokens',
  'outputTokens',
  'costNanoUsd',
] as const;

export type Measure = (typeof MEASURES)[number];

/** One measured side of a line. Null: this side does not say. */
export type Measured = Readonly<Record<Measure, bigint | null>>;

/** One row of a provider's export. */
export interface BilledRow {
  /** `2026-11-28`, as the export says it. */
  readonly day: string;
  /** As the provider calls it. */
  readonly model: string;
  /** The provider's name or id of its key, `""` when the export does not say. */
  readonly key: string;
  readonly measured: Partial<Measured>;
}

/** The cells of a row by the name of their column. */
export type Cells = Readonly<Record<string, string | undefined>>;

/** Which columns of a generic CSV hold what. */
export interface GenericColumns {
  readonly day: string;
  readonly model: string;
  readonly credential?: string;
  readonly requests?: string;
  readonly inputTokens?: string;
  readonly cachedInputTokens?: string;
  readonly cacheWriteTokens?: string;
  readonly outputTokens?: string;
  readonly costUsd?: string;
}

/** How one kind of export is read. */
export interface ExportFormat {
  /** Our id of the provider that writes it; null: the caller says. */
  readonly provider: string | null;
  /** Columns without which the file is not of this kind. */
  readonly columns: readonly string[];
  /** Null for a row that says nothing of any model, such as a day without use. Throws RangeError for a cell that cannot be read. */
  readonly read: (cells: Cells) => BilledRow | null;
}

const NANO_DIGITS = 9;

/** A decimal amount in USD of any precision, also `1.2e-05`, rounded half up to a whole nano-USD. Throws RangeError. */
export function nanoOf(text: string): NanoUsd {
  const match = /^\s*([+-]?)\$?(\d{0,15})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,2}))?\s*$/.exec(text);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (match === null || whole + fraction === '') throw new RangeError(`not an amount: ${shown(text)}`);
  const scale = fraction.length - Number(exponent) - NANO_DIGITS;
  const digits = BigInt(whole + fraction);
  const nano =
    scale <= 0 ? digits * 10n ** BigInt(-scale) : (digits + 5n * 10n ** BigInt(scale - 1)) / 10n ** BigInt(scale);
  return sign === '-' ? -nano : nano;
}

/** A count, integer ≥ 0, also `1,234` and `12.0`; an empty cell is 0. Throws RangeError. */
export function countOf(text: string | undefined): bigint {
  const digits = (text ?? '').trim().replaceAll(',', '').replace(/\.0*$/, '');
  if (digits === '') return 0n;
  if (!/^\d{1,18}$/.test(digits)) throw new RangeError(`not a count: ${shown(text ?? '')}`);
  return BigInt(digits);
}

/** The day of a date or an instant, as written: `2026-11-28`, `2026-11-28T00:00:00+00:00`. Throws RangeError. */
export function dayOfText(text: string | undefined): string {
  const day = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]|\s*$)/.exec(text ?? '')?.[1];
  if (day === undefined || Number.isNaN(Date.parse(day))) throw new RangeError(`not a day: ${shown(text ?? '')}`);
  return day;
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));
