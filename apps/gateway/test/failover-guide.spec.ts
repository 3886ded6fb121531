import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { UpstreamErrorKind } from '#libs/dialects';
import { ModelHealth } from '#libs/routing';
import { AttemptFailed, REMEDIES, toClient } from '../src/call/attempt-failed.js';
import type { CallDeps } from '../src/call/call.types.js';
import { noteFailure } from '../src/call/model-outcome.js';
import { retryAfterMs } from '../src/call/retry.js';

const NOW = 1_000_000;

/** What a failure of this class says of a model: asked by one that has failed four times in a row before. */
function effectOn(failed: AttemptFailed): string {
  const health = new ModelHealth();
  for (let i = 0; i < 4; i++) health.failed('m', NOW);
  noteFailure('m', failed, { health, clock: { now: () => NOW } } as unknown as CallDeps);
  const state = health.standing('m', NOW)?.state;
  if (state === 'open') return 'counts';
  return state === 'resting' ? 'rests' : 'is well';
}

it('docs/guides/failover.md says of every class of error what the code does about it, and of no other', async () => {
  const page = await readFile('docs/guides/failover.md', 'utf8');
  const rows = [
    ...page.matchAll(/^\| `([\w-]+)` \| [^|]+ \| (yes|no) \| (next|tell) \| ([\w ]+) \| (\d+) `(\w+)` \|$/gm),
  ].map(([, ...cells]) => cells);
  const coded = (Object.keys(REMEDIES) as UpstreamErrorKind[]).map((kind) => {
    const failed = new AttemptFailed({ kind, message: '', status: null });
    const again = retryAfterMs(failed, 0, 0, () => 0) === null ? 'no' : 'yes';
    const { status, code } = toClient(failed, 1);
    return [kind, again, failed.remedy, effectOn(failed), String(status), code];
  });
  expect(rows.toSorted()).toEqual(coded.toSorted());
});
