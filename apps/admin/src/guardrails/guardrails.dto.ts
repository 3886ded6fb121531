import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { checks } from '#libs/guardrails';
import { CheckedField, ChoiceField, ObjectField, ReferenceField, SlugField, TextField } from '../http/fields.js';
import { CHECKS_MAX, checksFlaw } from './checks-flaw.js';

const APPLY_TO = ['input', 'output', 'both'] as const;
const TEST_CHARS_MAX = 200_000;

/** Which calls a guardrail binds; a guardrail of a team binds the teams below too. Empty = all. */
export class GuardrailScopeBody {
  @ReferenceField({ optional: true, about: 'Slug or id' })
  team?: string;

  @ReferenceField({ optional: true, about: 'Slug or id' })
  service?: string;

  @ReferenceField({ optional: true, about: 'Slug or id' })
  route?: string;
}

const CHECK_SCHEMA = {
  type: 'object',
  required: ['type', 'action'],
  properties: {
    type: { type: 'string', enum: [...checks.keys()] },
    action: { type: 'string', enum: ['block', 'redact', 'flag'] },
    onError: { type: 'string', enum: ['block', 'allow'] },
  },
  additionalProperties: true,
};

export class CreateGuardrail {
  @SlugField({ example: 'no-secrets' })
  slug!: string;

  @ChoiceField(APPLY_TO)
  applyTo!: (typeof APPLY_TO)[number];

  @CheckedField(
    checksFlaw,
    { type: 'array', items: CHECK_SCHEMA, minItems: 1, maxItems: CHECKS_MAX },
    { about: 'Each with the options of its type', example: [{ type: 'secrets', action: 'block' }] },
  )
  checks!: object[];

  @ObjectField(GuardrailScopeBody, { optional: true })
  scope?: GuardrailScopeBody;
}

export class UpdateGuardrail extends PartialType(OmitType(CreateGuardrail, ['slug']), { skipNullProperties: false }) {}

export class GuardrailAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({ enum: APPLY_TO })
  applyTo!: string;

  @ApiProperty({ type: 'array', items: CHECK_SCHEMA })
  checks!: unknown;

  @ApiProperty({ type: GuardrailScopeBody })
  scope!: unknown;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class TestGuardrails {
  @TextField({ max: TEST_CHARS_MAX })
  text!: string;

  @ChoiceField(['input', 'output'])
  applyTo!: 'input' | 'output';
}

class TestFindingAnswer {
  @ApiProperty({ description: 'Type of the check' })
  check!: string;

  @ApiProperty()
  rule!: string;

  @ApiProperty({ enum: ['block', 'redact', 'flag'] })
  action!: string;

  @ApiProperty({ minimum: 0, maximum: 1 })
  confidence!: number;
}

export class TestAnswer {
  @ApiProperty({ enum: ['allow', 'flag', 'redact', 'block'] })
  action!: string;

  @ApiProperty({ type: [TestFindingAnswer] })
  findings!: TestFindingAnswer[];
}
