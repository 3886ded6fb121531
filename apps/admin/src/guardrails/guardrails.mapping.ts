import type { Guardrail as GuardrailRow } from '#libs/database';
import type { Guardrail } from '#libs/guardrails';
import type { GuardrailAnswer } from './guardrails.dto.js';

export function toApi(row: GuardrailRow): GuardrailAnswer {
  const { id, slug, applyTo, mode, checks, scope, createdAt, updatedAt } = row;
  return { id, slug, applyTo, mode, checks, scope, createdAt, updatedAt };
}

/** The row without its scope, as the data plane would apply it to any call. */
export function toUnscoped({ id, slug, applyTo, mode, checks }: GuardrailRow): Guardrail {
  return {
    id,
    slug,
    applyTo: applyTo as Guardrail['applyTo'],
    mode: mode as NonNullable<Guardrail['mode']>,
    checks: checks as unknown as Guardrail['checks'],
    scope: {},
  };
}
