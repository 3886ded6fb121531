import { TollgateError } from '#libs/core';
import type { JsonObject } from '#libs/dialects';
import { activeChecks, inspectJson } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { FindingRecord } from '#libs/messages';
import type { Read, Routed } from './call.types.js';

/** A refusal by a guardrail, with what was found, for the record. */
export class GuardrailBlocked extends TollgateError {
  constructor(readonly findings: readonly FindingRecord[]) {
    const blocking = findings.find(({ action }) => action === 'block');
    super('guardrail_blocked', `Blocked by the guardrail '${blocking?.guardrail}' (check ${blocking?.check}).`);
  }
}

/**
 * Guardrails on the request: allows, flags, redacts or blocks. What was redacted is redacted in the body that goes on (read
 * again by `reread`), so a request that needed it is no longer passed through byte for byte. Throws `guardrail_blocked`.
 */
export function inspectInput<R extends Read>(
  parsed: R,
  reread: (body: JsonObject) => R,
  principal: Principal,
  { organization, choice }: Routed,
): { readonly parsed: R; readonly findings: readonly FindingRecord[] } {
  const active = activeChecks(organization.guardrails, 'input', {
    teamPath: principal.teamPath,
    service: principal.service,
    route: choice.route?.slug ?? null,
  });
  if (active.length === 0) return { parsed, findings: [] };
  const { action, findings, value } = inspectJson(parsed.body, active, 'input');
  if (action === 'block') throw new GuardrailBlocked(findings);
  return { parsed: value === parsed.body ? parsed : reread(value), findings };
}
