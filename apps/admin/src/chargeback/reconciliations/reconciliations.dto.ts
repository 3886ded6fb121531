import { ApiProperty } from '@nestjs/swagger';
import { RECONCILIATION_KINDS } from '#libs/ledger';
import { providers } from '#libs/providers';
import { CheckedField, ChoiceField, IntegerField, ObjectField, TextField, UsdField } from '../../http/fields.js';

const COLUMN_CHARS = 200;
const KEYS_MAX = 1_000;
const OUTCOMES = ['matched', 'missing-here', 'missing-there', 'differing'] as const;

export class GenericColumnsBody {
  @TextField({ max: COLUMN_CHARS, about: 'Name of the column with the day, `2026-11-28…`' })
  day!: string;

  @TextField({ max: COLUMN_CHARS, about: 'Name of the column with the provider’s model' })
  model!: string;

  @TextField({ max: COLUMN_CHARS, optional: true })
  credential?: string;

  @TextField({ max: COLUMN_CHARS, optional: true })
  requests?: string;

  @TextField({ max: COLUMN_CHARS, optional: true, about: 'All input' })
  inputTokens?: string;

  @TextField({ max: COLUMN_CHARS, optional: true })
  cachedInputTokens?: string;

  @TextField({ max: COLUMN_CHARS, optional: true })
  cacheWriteTokens?: string;

  @TextField({ max: COLUMN_CHARS, optional: true })
  outputTokens?: string;

  @TextField({ max: COLUMN_CHARS, optional: true })
  costUsd?: string;
}

export class ToleranceBody {
  @IntegerField({ min: 0, max: 1_000_000_000, optional: true, default: 0 })
  tokens?: number;

  @IntegerField({ min: 0, max: 1_000_000_000, optional: true, default: 0 })
  requests?: number;

  @UsdField({ optional: true, default: '0.05' })
  costUsd?: string;

  @TextField({ max: 8, pattern: /^\d{1,3}(\.\d{1,4})?$/, optional: true, default: '0.5', about: 'Of the larger side' })
  percent?: string;
}

/** How an export is read, as the query or the form says it. */
export class CreateReconciliation {
  @ChoiceField(RECONCILIATION_KINDS)
  kind!: (typeof RECONCILIATION_KINDS)[number];

  @ChoiceField([...providers.keys()], { optional: true, about: 'Absent: the one that writes exports of this kind' })
  provider?: string;

  @ObjectField(GenericColumnsBody, { optional: true, about: 'Of a generic CSV: which column holds what' })
  columns?: GenericColumnsBody;

  @ChoiceField([',', ';', '\t'], { optional: true, default: ',' })
  delimiter?: ',' | ';' | '\t';

  @CheckedField(
    credentialsFlaw,
    { type: 'object', additionalProperties: { type: 'string' } },
    { optional: true, about: 'The provider’s name of a key → slug of the credential. Absent: keys are not told apart' },
  )
  credentials?: Record<string, string>;

  @CheckedField(
    timezoneFlaw,
    { type: 'string', maxLength: 64 },
    { optional: true, default: 'UTC', about: 'Whose days the export has' },
  )
  timezone?: string;

  @ObjectField(ToleranceBody, { optional: true, about: 'A difference counts when it is larger than both' })
  tolerance?: ToleranceBody;
}

export class ReconciliationQuery {
  @TextField({ max: 40, optional: true, about: 'With `text/csv`: kind of the export' })
  kind?: string;

  @TextField({ max: 8_000, optional: true, about: 'With `text/csv`: JSON of CreateReconciliation without `kind`' })
  parameters?: string;
}

export class LinesQuery {
  @ChoiceField(OUTCOMES, { optional: true })
  outcome?: (typeof OUTCOMES)[number];
}

export class ReconciliationPart {
  @ApiProperty({ enum: OUTCOMES })
  outcome!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Likely cause; null when matched' })
  cause!: string | null;

  @ApiProperty({ type: 'integer' })
  lines!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Null when the export has no costs' })
  providerCostUsd!: string | null;

  @ApiProperty()
  ledgerCostUsd!: string;
}

export class ReconciliationAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: RECONCILIATION_KINDS })
  kind!: string;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ enum: ['waiting', 'running', 'done', 'failed'] })
  status!: string;

  @ApiProperty({ type: 'integer', description: 'How much of the file has been read, per cent' })
  progress!: number;

  @ApiProperty({ type: 'integer' })
  rows!: number;

  @ApiProperty({ type: String, nullable: true, description: 'First day of the export' })
  from!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Last day of the export' })
  to!: string | null;

  @ApiProperty({ type: [ReconciliationPart], description: 'Lines by outcome and likely cause' })
  summary!: ReconciliationPart[];

  @ApiProperty({ type: String, nullable: true, description: 'Why the file could not be read' })
  error!: string | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: Date | null;
}

const count = { type: 'integer', nullable: true } as const;

export class MeasuredAnswer {
  @ApiProperty(count)
  requests!: number | null;

  @ApiProperty(count)
  inputTokens!: number | null;

  @ApiProperty(count)
  cachedInputTokens!: number | null;

  @ApiProperty(count)
  cacheWriteTokens!: number | null;

  @ApiProperty(count)
  outputTokens!: number | null;

  @ApiProperty({ type: String, nullable: true })
  costUsd!: string | null;
}

export class ReconciliationLineAnswer {
  @ApiProperty({ format: 'date' })
  day!: string;

  @ApiProperty()
  model!: string;

  @ApiProperty({ type: String, nullable: true })
  credential!: string | null;

  @ApiProperty({ enum: OUTCOMES })
  outcome!: string;

  @ApiProperty({ type: String, nullable: true })
  cause!: string | null;

  @ApiProperty({ type: MeasuredAnswer, description: 'Null: the export does not say' })
  provider!: MeasuredAnswer;

  @ApiProperty({ type: MeasuredAnswer, description: 'Null: no such calls' })
  ledger!: MeasuredAnswer;
}

export class ReconciliationWithLines extends ReconciliationAnswer {
  @ApiProperty({ type: [ReconciliationLineAnswer], description: 'The first 10,000; the CSV has all' })
  lines!: ReconciliationLineAnswer[];
}

function credentialsFlaw(value: unknown): string | undefined {
  const flaw = `must be at most ${KEYS_MAX} names of keys with the slug of a credential each`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw;
  const entries = Object.entries(value);
  const isRight = ([key, slug]: [string, unknown]): boolean =>
    key.length <= COLUMN_CHARS && typeof slug === 'string' && /^[a-z0-9._-]{1,63}$/.test(slug);
  return entries.length <= KEYS_MAX && entries.every(isRight) ? undefined : flaw;
}

function timezoneFlaw(value: unknown): string | undefined {
  const flaw = 'must be a time zone such as "America/New_York"';
  if (typeof value !== 'string' || !/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return flaw;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return undefined;
  } catch {
    return flaw;
  }
}
