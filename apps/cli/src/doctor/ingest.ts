import { reasonOf } from '../failure.js';
import { type Finding, ok, warning } from './finding.js';

const TIMEOUT_MS = 5_000;

/** What the worker's metrics say of the way from settled calls to stored records. */
export async function checkIngest(workerUrl: string): Promise<Finding[]> {
  let text: string;
  try {
    text = await (await fetch(`${workerUrl}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) })).text();
  } catch (cause) {
    return [warning('ingest', `the worker's metrics cannot be read at ${workerUrl}: ${reasonOf(cause)}`)];
  }
  const dead = metric(text, 'tollgate_ingest_events_total{outcome="dead-letter"}') ?? 0;
  const [sum, count] = [
    metric(text, 'tollgate_ingest_lag_seconds_sum') ?? 0,
    metric(text, 'tollgate_ingest_lag_seconds_count') ?? 0,
  ];
  const lag =
    count === 0 ? 'nothing was moved yet' : `${((1000 * sum) / count).toFixed(0)} ms from call to record on average`;
  const broken = metric(text, 'tollgate_audit_trails_broken') ?? 0;
  return [
    metric(text, 'tollgate_ingest_working') === 0 ? warning('ingest', 'is waiting') : ok('ingest', lag),
    dead > 0 ? warning('dead letters', `${dead} usage events could not be stored`) : ok('dead letters', 'none'),
    ...(broken > 0 ? [warning('audit trails', `${broken} do not go on from their anchors`)] : []),
  ];
}

/** The value of a sample in Prometheus' text format, or null without it. */
function metric(text: string, sample: string): number | null {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? null : Number(line.slice(sample.length + 1));
}
