import { createHash } from 'node:crypto';
import type { CallFacts } from './call-facts.js';
import type { Scope } from './scope.js';

/** One counter that a scope binds a call to. */
export interface Subject {
  /** The scope with every `*` replaced by the call's value: `team=research,user=ada`; `all` for the empty scope. */
  readonly name: string;
  /** The model in the name; null when the scope names none. */
  readonly model: string | null;
}

type Values = readonly (string | null | undefined)[];

/** An attribute that a scope names: what it wants, and what a call has. */
interface Condition {
  readonly attribute: string;
  readonly wanted: string;
  readonly actual: (facts: CallFacts) => Values;
}

/** The conditions of a scope, always in the same order, so that a subject has one name. */
function conditionsOf(scope: Scope): Condition[] {
  const conditions: Condition[] = [];
  const when = (attribute: string, wanted: string | undefined, actual: Condition['actual']) => {
    if (wanted !== undefined) conditions.push({ attribute, wanted, actual });
  };
  when('team', scope.team, (facts) => facts.teamPath);
  when('service', scope.service, (facts) => [facts.service]);
  when('agent', scope.agent, (facts) => [facts.agent]);
  when('user', scope.user, (facts) => [facts.user]);
  when('route', scope.route, (facts) => [facts.route]);
  when('model', scope.model, (facts) => facts.models);
  for (const tag of Object.keys(scope.tags ?? {}).sort())
    when(`tag.${spell(tag)}`, scope.tags?.[tag], ({ tags }) => [Object.hasOwn(tags, tag) ? tags[tag] : null]);
  return conditions;
}

/** What may stand in a key as it is: no separator of ours, and short. */
const PLAIN_VALUE = /^[\w.@:+/-]{1,64}$/;

/** Users and tags are whatever a client sends: bounded and free of our separators. `#` begins no plain value. */
function spell(value: string): string {
  return PLAIN_VALUE.test(value) ? value : `#${createHash('sha256').update(value).digest('base64url')}`;
}

/** The call's values that a condition binds: the wanted one, or each for `*`. */
function boundValues({ wanted, actual }: Condition, facts: CallFacts): string[] {
  const present = actual(facts).filter((value) => value !== null && value !== undefined);
  if (wanted === '*') return [...new Set(present)];
  return present.includes(wanted) ? [wanted] : [];
}

function narrowed(subject: Subject, attribute: string, value: string): Subject {
  const part = `${attribute}=${spell(value)}`;
  return {
    name: subject.name === EVERYTHING.name ? part : `${subject.name},${part}`,
    model: attribute === 'model' ? value : subject.model,
  };
}

const EVERYTHING: Subject = { name: 'all', model: null };

/** Gives, for a call, the counters that a scope binds it to: none when an attribute does not match. */
export type SubjectMatcher = (facts: CallFacts) => readonly Subject[];

/**
 * A team binds its inner teams. A model binds when any candidate is that model: which one answers is not known yet, and a
 * failover must not slip past a limit; settlement gives back what the models that were not used had reserved. So
 * `team: "*"` and `model: "*"` yield one counter for each team of the path and each candidate.
 */
export function subjectMatcher(scope: Scope): SubjectMatcher {
  const conditions = conditionsOf(scope);
  return (facts) =>
    conditions.reduce<readonly Subject[]>(
      (subjects, condition) => {
        const values = boundValues(condition, facts);
        return subjects.flatMap((subject) => values.map((value) => narrowed(subject, condition.attribute, value)));
      },
      [EVERYTHING],
    );
}

/** The name of the one subject of a scope without `*`. Throws RangeError for one with `*`: it has a subject per value. */
export function subjectOf(scope: Scope): string {
  return conditionsOf(scope).reduce<Subject>((subject, { attribute, wanted }) => {
    if (wanted === '*') throw new RangeError(`the scope leaves ${attribute} open: name the subject`);
    return narrowed(subject, attribute, wanted);
  }, EVERYTHING).name;
}
