/** Digits as people write them: groups with a little between. */
export interface DigitRow {
  readonly groups: readonly DigitGroup[];
}

interface DigitGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Groups that are looked at together. */
const GROUPS_MAX = 24;
const DIGITS_MIN = 8;
const DIGITS = /\d+/g;
const BETWEEN = /^[ .()/-]{1,2}$/;

/** All rows of digit groups of a text with at least eight digits. */
export function digitRows(text: string): readonly DigitRow[] {
  const rows: DigitRow[] = [];
  let groups: DigitGroup[] = [];
  let length = 0;
  const close = (): void => {
    if (length >= DIGITS_MIN) rows.push({ groups });
    groups = [];
    length = 0;
  };
  DIGITS.lastIndex = 0;
  for (let found = DIGITS.exec(text); found; found = DIGITS.exec(text)) {
    const [digits] = found;
    const start = found.index;
    const last = groups.at(-1);
    const together = last && start - last.end <= 2 && BETWEEN.test(text.slice(last.end, start));
    if (last && (!together || groups.length === GROUPS_MAX)) close();
    groups.push({ digits, start, end: start + digits.length });
    length += digits.length;
  }
  close();
  return rows;
}
