import type { FindingRecord } from '#libs/messages';
import type { Finding, Place } from './check.js';
import type { Placeholders } from './placeholders.js';
import type { ActiveCheck } from './policy.js';

export type Action = 'allow' | 'flag' | 'redact' | 'block';

const STRICTNESS: Readonly<Record<Action, number>> = { allow: 0, flag: 1, redact: 2, block: 3 };

export const strictest = (a: Action, b: Action): Action => (STRICTNESS[a] >= STRICTNESS[b] ? a : b);

/** What is done about a finding: what its record says, unless it is only a rehearsal. */
export const actionOf = ({ action, dryRun }: FindingRecord): Action => (dryRun ? 'flag' : action);

/** A finding and where it stands, for whoever must cut it out. */
export interface Located {
  readonly start: number;
  readonly end: number;
  readonly record: FindingRecord;
  /** Whether the answer is to get the original back. */
  readonly reversible: boolean;
}

/** All findings of the local checks in one text, ordered by where they start. */
export function find(text: string, active: readonly ActiveCheck[], place: Place): readonly Located[] {
  let located: Located[] | undefined;
  for (const each of active) {
    if (each.run.kind !== 'local') continue;
    for (const finding of each.run.inspect(text, place)) {
      located ??= [];
      located.push(locate(finding, each, place.at));
    }
  }
  return located?.sort(inOrder) ?? NOTHING;
}

const NOTHING: readonly Located[] = [];

export const inOrder = (a: Located, b: Located): number => a.start - b.start || b.end - a.end;

export function locate({ rule, start, end, confidence }: Finding, active: ActiveCheck, at: string): Located {
  const { guardrail, check, config, dryRun } = active;
  const record = { guardrail, check: check.type, rule, action: config.action, at, confidence };
  return {
    start,
    end,
    record: dryRun ? { ...record, dryRun } : record,
    reversible: config.reversible === true,
  };
}

/**
 * The text with every finding to be redacted replaced by a placeholder that names the rule; overlapping ones become one. Where
 * `placeholders` are kept and the finding is reversible, they remember what they stand for.
 */
export function redact(text: string, located: readonly Located[], placeholders?: Placeholders): string {
  const spans = joined(located);
  if (spans.length === 0) return text;
  let result = '';
  let from = 0;
  for (const { start, end, record, reversible } of spans) {
    const original = text.slice(start, end);
    const placeholder =
      reversible && placeholders ? placeholders.for(original, record.rule) : `[REDACTED:${record.rule}]`;
    result += text.slice(from, start) + placeholder;
    from = end;
  }
  return result + text.slice(from);
}

/** The stretches to cut out. Where findings overlap, one that is not to be restored decides for all. */
function joined(located: readonly Located[]): readonly Located[] {
  const spans: Located[] = [];
  for (const each of located) {
    if (actionOf(each.record) !== 'redact') continue;
    const last = spans.at(-1);
    if (!last || each.start >= last.end) spans.push(each);
    else {
      const { start, record } = last;
      spans[spans.length - 1] = {
        start,
        end: Math.max(last.end, each.end),
        record,
        reversible: last.reversible && each.reversible,
      };
    }
  }
  return spans;
}
