import type pg from 'pg';
import { judge } from './judge.js';
import { type JudgedLine, type ReconciliationLine, readReconciliationLines, writeVerdicts } from './lines.js';
import type { Tolerance } from './reconciliation.js';

const PER_WRITE = 2_000;

/** Judges every line, model by model. Holds the lines of one model at a time: a few per day. In the caller's transaction. */
export async function judgeAll(client: pg.PoolClient, reconciliationId: string, tolerance: Tolerance): Promise<void> {
  let judged: JudgedLine[] = [];
  for await (const lines of byModel(readReconciliationLines(client, reconciliationId))) {
    const verdicts = judge(lines, tolerance);
    lines.forEach(({ model, day, credential }, index) => {
      const verdict = verdicts[index];
      if (verdict) judged.push({ model, day, credential, ...verdict });
    });
    if (judged.length < PER_WRITE) continue;
    await writeVerdicts(client, reconciliationId, judged);
    judged = [];
  }
  await writeVerdicts(client, reconciliationId, judged);
}

/** Lines that come in the order of their models, together. */
async function* byModel(lines: AsyncIterable<ReconciliationLine>): AsyncGenerator<ReconciliationLine[]> {
  let held: ReconciliationLine[] = [];
  for await (const line of lines) {
    if (held.length > 0 && held[0]?.model !== line.model) {
      yield held;
      held = [];
    }
    held.push(line);
  }
  if (held.length > 0) yield held;
}
