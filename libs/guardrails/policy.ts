import { createHash } from 'node:crypto';
import type { Check, Consult, Direction, Inspector } from './check.js';
import { checks } from './checks/index.js';
import type { CheckConfig, Guardrail } from './guardrail.js';

/** One configured check that binds a call. */
export interface ActiveCheck {
  readonly guardrail: string;
  readonly check: Check;
  readonly config: CheckConfig;
  /** What it finds is recorded, and nothing is done about it. */
  readonly dryRun: boolean;
  readonly run: Prepared;
}

/** A check made ready for its configuration. */
export type Prepared =
  | (Inspector & { readonly kind: 'local' })
  | { readonly kind: 'external'; readonly consult: Consult };

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
  for (const guardrail of guardrails) {
    const { applyTo, scope } = guardrail;
    if (applyTo !== 'both' && applyTo !== direction) continue;
    if (scope.team !== undefined && !facts.teamPath.includes(scope.team)) continue;
    if (scope.service !== undefined && scope.service !== facts.service) continue;
    if (scope.route !== undefined && scope.route !== facts.route) continue;
    for (const each of preparedChecks(guardrail)) if (each.check.directions.includes(direction)) active.push(each);
  }
  return active;
}

const fingerprints = new WeakMap<ActiveCheck, string>();

/** The same for the same checks in the same configuration, whatever they are called; '' for none. */
export function policyFingerprint(active: readonly ActiveCheck[]): string {
  return active
    .map((each) => {
      let known = fingerprints.get(each);
      if (known === undefined) {
        known = createHash('sha256')
          .update(JSON.stringify([each.config, each.dryRun]))
          .digest('base64url');
        fingerprints.set(each, known);
      }
      return known;
    })
    .join('.');
}

/** Guardrails live as long as their snapshot, so that preparing is paid once for all of its calls. */
const preparedOf = new WeakMap<Guardrail, readonly ActiveCheck[]>();

function preparedChecks(guardrail: Guardrail): readonly ActiveCheck[] {
  let prepared = preparedOf.get(guardrail);
  if (!prepared) {
    prepared = guardrail.checks.flatMap((config) => {
      const check = checks.get(config.type);
      if (!check) return [];
      const dryRun = guardrail.mode === 'dry-run';
      return [{ guardrail: guardrail.slug, check, config, dryRun, run: prepare(check, config) }];
    });
    preparedOf.set(guardrail, prepared);
  }
  return prepared;
}

function prepare(check: Check, config: CheckConfig): Prepared {
  return check.kind === 'local'
    ? { kind: 'local', ...check.prepare(config) }
    : { kind: 'external', consult: check.prepare(config) };
}
