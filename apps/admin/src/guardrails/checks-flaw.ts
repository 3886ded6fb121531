import { type CheckConfig, checks } from '#libs/guardrails';

export const CHECKS_MAX = 50;

const ACTIONS = ['block', 'redact', 'flag'];
const ON_ERROR = ['block', 'allow'];
/** What every check takes beside the options of its type. */
const COMMON = new Set(['type', 'action', 'onError', 'reversible']);

/** Says what is wrong with the checks of a guardrail; undefined when nothing is. Options are judged by the check itself. */
export function checksFlaw(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > CHECKS_MAX)
    return `must be a list of 1–${CHECKS_MAX} checks`;
  const flaws = value.map(checkFlaw);
  const index = flaws.findIndex((flaw) => flaw !== undefined);
  return index === -1 ? undefined : `${index}: ${flaws[index]}`;
}

function checkFlaw(config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return 'must be an object';
  const { type, action, onError, reversible } = config as Partial<CheckConfig>;
  const check = typeof type === 'string' ? checks.get(type) : undefined;
  if (!check) return `type must be one of ${[...checks.keys()].join(', ')}`;
  if (!ACTIONS.includes(String(action))) return `action must be one of ${ACTIONS.join(', ')}`;
  if (onError !== undefined && !ON_ERROR.includes(onError)) return `onError must be one of ${ON_ERROR.join(', ')}`;
  if (reversible !== undefined && (typeof reversible !== 'boolean' || action !== 'redact'))
    return 'reversible is true or false, with action redact';
  const stranger = Object.keys(config).find((option) => !COMMON.has(option) && !(option in check.options));
  if (stranger !== undefined) return `${stranger} is no option of ${check.type}`;
  return check.problemWith(config as CheckConfig) ?? undefined;
}
