import type { Check } from './check.js';
import { checks } from './checks/index.js';
import type { CheckConfig, Guardrail } from './guardrail.js';

export type Direction = 'input' | 'output';

/** One configured check that binds a call. */
export interface ActiveCheck {
  readonly guardrail: string;
  readonly check: Check;
  readonly config: CheckConfig;
}

export interface GuardrailFacts {
  readonly teamPath: readonly string[];
  readonly service: string;
  readonly route: string | null;
}

/** The checks of all guardrails whose scope fits the call. A guardrail of an outer team binds the inner ones too. */
export function activeChecks(
  guardrails: readonly Guardrail[],
  direction: Direction,
  facts: GuardrailFacts,
): readonly ActiveCheck[] {
  const active: ActiveCheck[] = [];
  for (const { slug, applyTo, scope, checks: configs } of guardrails) {
    if (applyTo !== 'both' && applyTo !== direction) continue;
    if (scope.team !== undefined && !facts.teamPath.includes(scope.team)) continue;
    if (scope.service !== undefined && scope.service !== facts.service) continue;
    if (scope.route !== undefined && scope.route !== facts.route) continue;
    for (const config of configs) {
      const check = checks.get(config.type);
      if (check) active.push({ guardrail: slug, check, config });
    }
  }
  return active;
}
