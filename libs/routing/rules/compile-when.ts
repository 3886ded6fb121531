import type { RoutingFacts } from '../facts.js';
import { matcherOf } from '../pattern.js';
import { problemWithWhen } from './problem-with-when.js';
import { withinTime } from './time-of-day.js';
import type { OneOrMany, Range, When } from './when.js';

/** Whether a rule's conditions hold for a call. */
export type Holds = (facts: RoutingFacts) => boolean;

/**
 * Conditions as a function, made once when a snapshot is loaded. What this version does not understand (a condition of a
 * newer control plane) never holds: the route then goes on to its next rule.
 */
export function compileWhen(when: unknown): Holds {
  if (problemWithWhen(when) !== undefined) return () => false;
  const tests = testsOf(when as When);
  return (facts) => tests.every((test) => test(facts));
}

/** One function per condition, cheap ones first. */
function testsOf(when: When): readonly Holds[] {
  const { hasImages, hasTools, hasJsonSchema, hasReasoning, estimatedInputTokens: tokens, time } = when;
  const tests: Holds[] = [];
  if (hasImages !== undefined) tests.push(({ needs }) => needs.vision === hasImages);
  if (hasTools !== undefined) tests.push(({ needs }) => needs.tools === hasTools);
  if (hasJsonSchema !== undefined) tests.push(({ needs }) => needs.jsonSchema === hasJsonSchema);
  if (hasReasoning !== undefined) tests.push(({ needs }) => needs.reasoning === hasReasoning);
  if (tokens !== undefined) tests.push(({ inputTokens }) => isWithin(inputTokens, tokens));
  const text = (condition: OneOrMany | undefined, read: (facts: RoutingFacts) => string | null): void => {
    if (condition !== undefined) tests.push(textTest(condition, read));
  };
  text(when.surface, ({ surface }) => surface);
  text(when.model, ({ requestedModel }) => requestedModel);
  text(when.service, ({ service }) => service);
  text(when.agent, ({ agent }) => agent);
  text(when.user, ({ user }) => user);
  if (when.team !== undefined) {
    const fits = matcherOf(list(when.team));
    tests.push(({ teamPath }) => teamPath.some(fits));
  }
  for (const [key, condition] of Object.entries(when.tags ?? {}))
    text(condition, ({ tags }) => (Object.hasOwn(tags, key) ? (tags[key] ?? null) : null));
  if (time !== undefined) {
    const within = withinTime(time);
    tests.push(({ nowMs }) => within(nowMs));
  }
  return tests;
}

function textTest(condition: OneOrMany, read: (facts: RoutingFacts) => string | null): Holds {
  const fits = matcherOf(list(condition));
  return (facts) => {
    const value = read(facts);
    return value !== null && fits(value);
  };
}

const isWithin = (amount: number, { min = 0, max = Number.POSITIVE_INFINITY }: Range): boolean =>
  amount >= min && amount <= max;

const list = (value: OneOrMany): readonly string[] => (typeof value === 'string' ? [value] : value);
