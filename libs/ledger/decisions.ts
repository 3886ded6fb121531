/**
 * What a policy decided of a call, and how its record shows it, in SQL. A finding of a guardrail in dry-run is no decision:
 * nothing was done about it.
 */
export const DECISIONS = {
  blocked: `error = 'guardrail_blocked'`,
  redacted: hasFinding('redact'),
  flagged: hasFinding('flag'),
  denied: `error IN ('permission_denied', 'model_not_allowed', 'residency_violation')`,
  'over-budget': `error = 'insufficient_quota'`,
  'rate-limited': `error = 'rate_limit_exceeded'`,
} as const;

export type Decision = keyof typeof DECISIONS;

function hasFinding(action: 'redact' | 'flag'): string {
  return `jsonb_path_exists(findings, '$[*] ? (@.action == "${action}" && !(@.dryRun == true))')`;
}
