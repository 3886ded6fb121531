import { TollgateError } from '#libs/core';
import { activeChecks, inspectJson } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { FindingRecord } from '#libs/messages';
import type { Parsed, Routed, Surface } from './call.types.js';
import type { Exchange } from './exchange.js';

/** A refusal by a guardrail, with what was found, for the record. */
export class GuardrailBlocked extends TollgateError {
  constructor(readonly findings: readonly FindingRecord[]) {
    const blocking = findings.find(({ action }) => action === 'block');
    super('guardrail_blocked', `Blocked by the guardrail '${blocking?.guardrail}' (check ${blocking?.check}).`);
  }
}

/**
 * Guardrails on the request: allows, flags, redacts or blocks. What was redacted is redacted in the body that goes on, so a
 * request that needed it is no longer passed through byte for byte. Throws `guardrail_blocked`.
 */
export function inspectInput(
  parsed: Parsed,
  surface: Surface,
  exchange: Exchange,
  principal: Principal,
  { organization, choice }: Routed,
): { readonly parsed: Parsed; readonly findings: readonly FindingRecord[] } {
  const active = activeChecks(organization.guardrails, 'input', {
    teamPath: principal.teamPath,
    service: principal.service,
    route: choice.route?.slug ?? null,
  });
  if (active.length === 0) return { parsed, findings: [] };
  const { action, findings, value } = inspectJson(parsed.body, active, 'input');
  if (action === 'block') throw new GuardrailBlocked(findings);
  if (value === parsed.body) return { parsed, findings };
  const request = surface.dialect.decodeRequest(value, exchange.envelope);
  return { parsed: { text: JSON.stringify(value), body: value, request }, findings };
}
