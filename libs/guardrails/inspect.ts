import type { FindingRecord } from '#libs/messages';
import type { ActiveCheck } from './policy.js';

export type Action = 'allow' | 'flag' | 'redact' | 'block';

const STRICTNESS: Readonly<Record<Action, number>> = { allow: 0, flag: 1, redact: 2, block: 3 };

export const strictest = (a: Action, b: Action): Action => (STRICTNESS[a] >= STRICTNESS[b] ? a : b);

/** A finding and where it stands, for whoever must cut it out. */
export interface Located {
  readonly start: number;
  readonly end: number;
  readonly record: FindingRecord;
}

/** All findings in one text, ordered by where they start. `at` says where the text stands in the call. */
export function find(text: string, active: readonly ActiveCheck[], at: string): readonly Located[] {
  const located: Located[] = [];
  for (const { guardrail, check, config } of active) {
    for (const { rule, start, end, confidence } of check.inspect(text, config)) {
      located.push({
        start,
        end,
        record: { guardrail, check: check.type, rule, action: config.action, at, confidence },
      });
    }
  }
  return located.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The text with every finding to be redacted replaced by a placeholder that names the rule; overlapping ones become one. */
export function redact(text: string, located: readonly Located[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, record } of located) {
    if (record.action !== 'redact' || end <= from) continue;
    if (start >= from) result += `${text.slice(from, start)}[REDACTED:${record.rule}]`;
    from = end;
  }
  return result + text.slice(from);
}
