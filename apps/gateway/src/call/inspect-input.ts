import { TollgateError } from '#libs/core';
import type { JsonObject } from '#libs/dialects';
import { activeChecks, asksServices, consult, inspectJson, Placeholders } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { FindingRecord } from '#libs/messages';
import type { CallDeps, Read, Routed } from './call.types.js';
import type { Exchange } from './exchange.js';
import { outsideOf } from './outside.js';

/** A refusal by a guardrail, with what was found, for the record. */
export class GuardrailBlocked extends TollgateError {
  constructor(readonly findings: readonly FindingRecord[]) {
    const blocking = findings.find(({ action, dryRun }) => action === 'block' && !dryRun);
    super('guardrail_blocked', `Blocked by the guardrail '${blocking?.guardrail}' (check ${blocking?.check}).`);
  }
}

/**
 * Guardrails on the request: allows, flags, redacts or blocks. What was redacted is redacted in the body that goes on (read
 * again by `reread`), so a request that needed it is no longer passed through byte for byte. Throws `guardrail_blocked`.
 */
export async function inspectInput<R extends Read>(
  parsed: R,
  reread: (body: JsonObject) => R,
  principal: Principal,
  routed: Routed,
  { signal }: Exchange,
  deps: CallDeps,
): Promise<{ readonly parsed: R; readonly findings: readonly FindingRecord[] }> {
  const { organization, choice } = routed;
  const active = activeChecks(organization.guardrails, 'input', {
    teamPath: principal.teamPath,
    service: principal.service,
    route: choice.route?.slug ?? null,
  });
  if (active.length === 0) return { parsed, findings: [] };
  const outside = asksServices(active)
    ? { outside: await consult(parsed.body, active, 'input', { outside: outsideOf(routed, deps), signal }) }
    : {};
  const placeholders = new Placeholders(organization.id);
  const { action, findings, value } = inspectJson(parsed.body, active, 'input', { placeholders, ...outside });
  if (action === 'block') throw new GuardrailBlocked(findings);
  if (value === parsed.body) return { parsed, findings };
  const inspected = reread(value);
  return { parsed: placeholders.isEmpty ? inspected : { ...inspected, placeholders }, findings };
}
