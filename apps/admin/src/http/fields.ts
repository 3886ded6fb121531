import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isUuid, SLUG } from '#libs/core';

/*
 * One decorator per kind of field: it validates and it describes, so that the OpenAPI document cannot say something else
 * than what is checked. Every string, array and number has a limit.
 */

interface Presence {
  readonly about?: string;
  readonly example?: unknown;
  /** May be left out. */
  readonly optional?: true;
  /** May be null, e.g. to clear it. */
  readonly nullable?: true;
  readonly default?: unknown;
}

type Checks = readonly PropertyDecorator[];

/** Letters, digits, `-`, `_`, `.`; fixed once created. Not in the form of an id, because ids are accepted wherever slugs are. */
export function SlugField(presence: Presence = {}): PropertyDecorator {
  return field(
    presence,
    [
      IsString(),
      Matches(SLUG, { message: 'must be 1–63 of a–z, 0–9, -, _ and ., starting and ending with a letter or digit' }),
      isNotAnId(),
    ],
    { type: 'string', pattern: SLUG.source, minLength: 1, maxLength: 63 },
  );
}

/** The slug or the id of another resource of the organization. */
export function ReferenceField(presence: Presence = {}): PropertyDecorator {
  return TextField({ max: 63, pattern: /^[a-z0-9._-]+$/, ...presence });
}

/** As {@link ReferenceField}, or `*` for each of them. */
export function ReferenceOrEachField(presence: Presence = {}): PropertyDecorator {
  return TextField({ max: 63, pattern: /^(?:\*|[a-z0-9._-]+)$/, ...presence });
}

export function TextField({
  min = 1,
  max,
  pattern,
  ...presence
}: Presence & { readonly min?: number; readonly max: number; readonly pattern?: RegExp }): PropertyDecorator {
  return field(presence, [IsString(), MinLength(min), MaxLength(max), ...(pattern ? [Matches(pattern)] : [])], {
    type: 'string',
    minLength: min,
    maxLength: max,
    ...(pattern && { pattern: pattern.source }),
  });
}

export function IntegerField({
  min,
  max,
  ...presence
}: Presence & { readonly min: number; readonly max: number }): PropertyDecorator {
  return field(presence, [IsInt(), Min(min), Max(max)], { type: 'integer', minimum: min, maximum: max });
}

export function ChoiceField(choices: readonly string[], presence: Presence = {}): PropertyDecorator {
  return field(presence, [IsIn(choices)], { type: 'string', enum: [...choices] });
}

export function BooleanField(presence: Presence = {}): PropertyDecorator {
  return field(presence, [IsBoolean()], { type: 'boolean' });
}

const USD = /^\d{1,9}(\.\d{1,9})?$/;

/** A decimal amount in USD, 0 or more: at most nine digits before and after the point. */
export function UsdField(presence: Presence = {}): PropertyDecorator {
  return field(presence, [IsString(), Matches(USD, { message: 'must be a decimal amount in USD, such as "2.50"' })], {
    type: 'string',
    pattern: USD.source,
    maxLength: 19,
  });
}

/** Strings, each 1–`maxLength` characters. */
export function TextListField({
  maxItems,
  maxLength,
  minItems = 0,
  ...presence
}: Presence & {
  readonly maxItems: number;
  readonly maxLength: number;
  readonly minItems?: number;
}): PropertyDecorator {
  const each = { each: true };
  return field(
    presence,
    [
      IsArray(),
      ArrayMinSize(minItems),
      ArrayMaxSize(maxItems),
      IsString(each),
      MinLength(1, each),
      MaxLength(maxLength, each),
    ],
    { type: 'array', items: { type: 'string', minLength: 1, maxLength }, minItems, maxItems },
  );
}

/** An instant, ISO 8601 with an offset: `2026-11-24T12:00:00Z`. */
export function InstantField(presence: Presence = {}): PropertyDecorator {
  return field(presence, [IsString(), MaxLength(40), IsISO8601({ strict: true, strictSeparator: true }), hasOffset()], {
    type: 'string',
    format: 'date-time',
  });
}

/** One object of class `type`. */
export function ObjectField(type: new () => object, presence: Presence = {}): PropertyDecorator {
  return field(presence, [isPlainObject(), ValidateNested(), Type(() => type)], { type: () => type });
}

/** A list of objects of class `type`. */
export function ObjectListField(
  type: new () => object,
  { maxItems, minItems = 0, ...presence }: Presence & { readonly maxItems: number; readonly minItems?: number },
): PropertyDecorator {
  return field(
    presence,
    [IsArray(), ArrayMinSize(minItems), ArrayMaxSize(maxItems), ValidateNested({ each: true }), Type(() => type)],
    { type: () => type, isArray: true, minItems, maxItems },
  );
}

/** A value checked by `check`, which says what is wrong with it or undefined. */
export function CheckedField(
  check: (value: unknown) => string | undefined,
  schema: ApiPropertyOptions,
  presence: Presence = {},
): PropertyDecorator {
  return field(presence, [satisfies(check)], schema);
}

function field(presence: Presence, checks: Checks, schema: ApiPropertyOptions): PropertyDecorator {
  const { about, example, optional, nullable, default: fallback } = presence;
  return applyDecorators(
    ValidateIf((_, value) => !((optional && value === undefined) || (nullable && value === null))),
    ...checks,
    ApiProperty({
      ...schema,
      ...(about !== undefined && { description: about }),
      ...(example !== undefined && { example }),
      ...(fallback !== undefined && { default: fallback }),
      ...(nullable && { nullable: true }),
      required: !optional,
    } as ApiPropertyOptions),
  );
}

function satisfies(check: (value: unknown) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name: 'satisfies',
    validator: {
      validate: (value) => check(value) === undefined,
      defaultMessage: (context) => check(context?.value) ?? 'is invalid',
    },
  });
}

const isNotAnId = (): PropertyDecorator =>
  satisfies((value) => (typeof value === 'string' && isUuid(value) ? 'must not look like an id' : undefined));

const isPlainObject = (): PropertyDecorator =>
  satisfies((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be an object',
  );

const hasOffset = (): PropertyDecorator =>
  satisfies((value) =>
    typeof value === 'string' && /T.*(Z|[+-]\d{2}:?\d{2})$/.test(value)
      ? undefined
      : 'must be an instant with an offset, like 2026-11-24T12:00:00Z',
  );
