import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { activeChecks, find } from '#libs/guardrails';

/**
 * How well a check tells texts apart: `node dist/bench/guardrail-quality.js CHECK SET.jsonl…`, a line `{"text", "label": 0 | 1}`
 * for each text; 1 = the check should find something in it. A text is one case, whatever is found and however often. With
 * `--missed` the texts not found, and with `--wrong` those found wrongly, are written too.
 */
interface Line {
  readonly text: string;
  readonly label: 0 | 1;
}

const [type = '', ...rest] = process.argv.slice(2);
const files = rest.filter((each) => !each.startsWith('--'));
const active = activeChecks(
  [{ id: 'g', slug: 'g', applyTo: 'input', scope: {}, checks: [{ type, action: 'flag' }] }],
  'input',
  { teamPath: [], service: 's', route: null },
);
if (active.length === 0 || files.length === 0)
  throw new Error('say which check, and in which files the labelled texts are');

const found = (text: string): boolean => find(text, active, { at: 'input', author: 'user', offset: 0 }).length > 0;
const share = (part: number, of: number): string =>
  (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`).padStart(11);

console.log(
  `${'set'.padEnd(28)}${['true pos.', 'false neg.', 'false pos.', 'true neg.', 'recall', 'precision', 'F1', 'false rate'].map((each) => each.padStart(11)).join('')}`,
);
for (const file of files) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const counts = { tp: 0, fn: 0, fp: 0, tn: 0 };
  for (const { text, label } of lines.map((line) => JSON.parse(line) as Line)) {
    const outcome = found(text) ? (label === 1 ? 'tp' : 'fp') : label === 1 ? 'fn' : 'tn';
    counts[outcome]++;
    if ((outcome === 'fn' && rest.includes('--missed')) || (outcome === 'fp' && rest.includes('--wrong')))
      console.log(`${outcome}\t${JSON.stringify(text.slice(0, 300))}`);
  }
  const { tp, fn, fp, tn } = counts;
  console.log(
    `${basename(file, '.jsonl').padEnd(28)}${[tp, fn, fp, tn].map((each) => String(each).padStart(11)).join('')}${share(tp, tp + fn)}${share(tp, tp + fp)}${share(2 * tp, 2 * tp + fp + fn)}${share(fp, fp + tn)}`,
  );
}
