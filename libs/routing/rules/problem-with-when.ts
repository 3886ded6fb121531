import { DAYS } from './when.js';

const ENTRIES_MAX = 50;
const CHARS_MAX = 200;
const TAGS_MAX = 20;
const TOKENS_MAX = 100_000_000;

/** What is wrong with a condition's value, undefined when nothing is. */
type Problem = (value: unknown) => string | undefined;

const CONDITION = `must be a text of 1–${CHARS_MAX} characters or a list of 1–${ENTRIES_MAX} of them`;
const condition: Problem = (value) => (isCondition(value) ? undefined : CONDITION);
const flag: Problem = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');

const CONDITIONS: Readonly<Record<string, Problem>> = {
  model: condition,
  team: condition,
  service: condition,
  agent: condition,
  user: condition,
  surface: condition,
  tags: problemWithTags,
  estimatedInputTokens: problemWithRange,
  hasImages: flag,
  hasTools: flag,
  hasJsonSchema: flag,
  hasReasoning: flag,
  time: problemWithTime,
};

/** Every condition that a rule can have. */
export const CONDITION_NAMES = Object.keys(CONDITIONS);

/** Says what is wrong with the conditions of a rule; undefined when nothing is, and then they are a `When`. */
export function problemWithWhen(value: unknown): string | undefined {
  if (!isObject(value)) return 'must be an object';
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(CONDITIONS, name))
      return `must not have ${quoted(name)}; it may have ${CONDITION_NAMES.join(', ')}`;
    const problem = CONDITIONS[name]?.(given);
    if (problem !== undefined) return `${name} ${problem}`;
  }
  return undefined;
}

function problemWithTags(tags: unknown): string | undefined {
  if (!isObject(tags) || Object.keys(tags).length > TAGS_MAX) return `must be an object with at most ${TAGS_MAX} tags`;
  const wrong = Object.entries(tags).find(([name, given]) => !isText(name) || !isCondition(given));
  return wrong && `${quoted(wrong[0])} ${CONDITION}`;
}

function problemWithRange(range: unknown): string | undefined {
  const flaw = `must be an object with min, max or both, whole numbers from 0 to ${TOKENS_MAX}, min not above max`;
  if (!isObject(range)) return flaw;
  const bounds = Object.entries(range);
  if (bounds.length === 0 || bounds.some(([name, bound]) => !['min', 'max'].includes(name) || !isCount(bound)))
    return flaw;
  const { min = 0, max = TOKENS_MAX } = range as { min?: number; max?: number };
  return min > max ? flaw : undefined;
}

function problemWithTime(time: unknown): string | undefined {
  if (!isObject(time)) return 'must be an object with from, to and timezone';
  const unknown = Object.keys(time).find((name) => !['from', 'to', 'timezone', 'days'].includes(name));
  if (unknown !== undefined) return `must not have ${quoted(unknown)}; it may have from, to, timezone and days`;
  const { from, to, timezone, days } = time;
  if (!isClock(from) || !isClock(to)) return 'must have from and to as HH:MM, 00:00–23:59';
  if (!isTimezone(timezone)) return 'must have an IANA timezone such as Europe/Berlin';
  if (days !== undefined && !isDays(days)) return `days must be a list of different ones of ${DAYS.join(', ')}`;
  return undefined;
}

const isClock = (value: unknown): boolean => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

function isTimezone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isDays(value: unknown): boolean {
  const known: readonly unknown[] = DAYS;
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((day) => known.includes(day))
  );
}

const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= TOKENS_MAX;

function isCondition(value: unknown): boolean {
  if (!Array.isArray(value)) return isText(value);
  return value.length > 0 && value.length <= ENTRIES_MAX && value.every(isText);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= CHARS_MAX;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));
