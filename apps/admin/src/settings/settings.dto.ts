import { ApiProperty, PartialType } from '@nestjs/swagger';
import { SPLITS } from '#libs/ledger';
import {
  CheckedField,
  ChoiceField,
  IntegerField,
  ObjectListField,
  ReferenceField,
  ReferenceOrEachField,
  TextField,
  TextListField,
  UsdField,
} from '../http/fields.js';
import { UNKNOWN_PRICES } from './unknown-prices.js';

const RULES_MAX = 100;
const TEAMS_MAX = 1_000;
const DAYS_MAX = 36_500;
/** A month can be closed and disputed before its records go. */
const DAYS_MIN = 62;

export class SharedCostBody {
  @TextField({ max: 100, about: 'As the statement’s lines say it', example: 'Platform fee' })
  name!: string;

  @UsdField({ optional: true, about: 'A fixed amount per month; or say `team`' })
  amountUsd?: string;

  @ReferenceField({ optional: true, about: 'Slug of the team whose own usage the others bear; or say `amountUsd`' })
  team?: string;

  @ChoiceField(SPLITS, { about: 'By what it is split' })
  splitBy!: (typeof SPLITS)[number];

  @TextListField({ maxItems: TEAMS_MAX, maxLength: 63, optional: true, about: 'Slugs; absent = all teams' })
  teams?: string[];

  @CheckedField(
    sharesFlaw,
    { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
    { optional: true, about: 'With `shares`: each team’s share, whole numbers', example: { search: 3, sales: 1 } },
  )
  shares?: Record<string, number>;
}

export class MarkupBody {
  @TextField({ max: 100, example: 'Internal margin' })
  name!: string;

  @ReferenceOrEachField({ about: 'Slug of a team, or * for each' })
  team!: string;

  @CheckedField(
    percentFlaw,
    { type: 'string', maxLength: 10 },
    { about: 'Of what the team used; negative is a discount', example: '-7.5' },
  )
  percent!: string;
}

class SettingsBody {
  @IntegerField({
    min: DAYS_MIN,
    max: DAYS_MAX,
    nullable: true,
    about: 'Days that usage records are kept; null = for ever. Rollups and statements stay',
  })
  recordsDays!: number | null;

  @ChoiceField(UNKNOWN_PRICES, { about: 'Calls to a model without a known price; a route may say otherwise' })
  unknownPrices!: (typeof UNKNOWN_PRICES)[number];

  @ObjectListField(SharedCostBody, { maxItems: RULES_MAX, about: 'Split among teams on every statement' })
  sharedCosts!: SharedCostBody[];

  @ObjectListField(MarkupBody, { maxItems: RULES_MAX, about: 'On top of usage, on every statement' })
  markups!: MarkupBody[];
}

export class UpdateSettings extends PartialType(SettingsBody, { skipNullProperties: false }) {}

export class SettingsAnswer extends SettingsBody {
  @ApiProperty({ format: 'uuid', description: 'Of the organization' })
  id!: string;

  @ApiProperty()
  updatedAt!: Date;
}

function sharesFlaw(value: unknown): string | undefined {
  const flaw = 'must be a whole number from 0 to 1,000,000 for each team, one of them above 0';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw;
  const shares = Object.values(value);
  const isShare = (share: unknown): boolean =>
    Number.isInteger(share) && (share as number) >= 0 && (share as number) <= 1_000_000;
  return shares.length <= TEAMS_MAX && shares.every(isShare) && shares.some((share) => share > 0) ? undefined : flaw;
}

function percentFlaw(value: unknown): string | undefined {
  if (typeof value === 'string' && /^-?\d{1,4}(\.\d{1,4})?$/.test(value) && Number(value) >= -100) return undefined;
  return 'must be a percentage such as "5" or "-7.5", not below -100';
}
