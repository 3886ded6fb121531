import { connectRedis, INGEST_GROUP, keys, ready } from '#libs/redis';
import type { Json } from '../api/admin-api.js';
import { reasonOf } from '../failure.js';
import { type Finding, failed, ok, warning } from './finding.js';

type Connection = ReturnType<typeof connectRedis>;

/** More than this many events waiting means that ingest does not keep up, or does not run. */
const WAITING_MAX = 10_000;
const PATIENCE_MS = 3_000;

/** Looks where no API shows it: versions of snapshots against what is announced, and how far ingest is behind. */
export async function checkRedis(url: string, organizations: readonly Json[]): Promise<Finding[]> {
  const redis = connectRedis(url, { name: 'cli', patience: 'fail-fast', onLost: () => undefined });
  const giveUp = setTimeout(() => redis.disconnect(), PATIENCE_MS);
  try {
    await ready(redis);
    clearTimeout(giveUp);
    const findings: Finding[] = [];
    for (const { id, slug } of organizations) findings.push(await checkOrganization(redis, String(id), String(slug)));
    return findings;
  } catch (cause) {
    return [failed('redis', `REDIS_URL cannot be used: ${reasonOf(cause)}`)];
  } finally {
    clearTimeout(giveUp);
    redis.disconnect();
  }
}

async function checkOrganization(redis: Connection, id: string, slug: string): Promise<Finding> {
  const check = `snapshot and stream of ${slug}`;
  const announced = await redis.hget(keys.snapshotVersions, id);
  const stored = await redis.get(keys.snapshot(id));
  if (stored === null) return failed(check, 'there is no snapshot: gateways do not know the organization');
  const { version } = JSON.parse(stored) as { version: number };
  if (String(version) !== announced) return failed(check, `version ${version} is stored, ${announced} announced`);
  const waiting = await waitingEvents(redis, keys.usage(id));
  const text = `version ${version}, ${waiting} usage events wait`;
  return waiting > WAITING_MAX ? warning(check, text) : ok(check, text);
}

/** Not yet read by ingest, or read and not yet acknowledged. */
async function waitingEvents(redis: Connection, stream: string): Promise<number> {
  if ((await redis.exists(stream)) === 0) return 0;
  const groups = (await redis.xinfo('GROUPS', stream)) as unknown[][];
  const facts = groups.map(namedFacts).find(({ name }) => name === INGEST_GROUP);
  return facts ? Number(facts['lag'] ?? 0) + Number(facts['pending'] ?? 0) : redis.xlen(stream);
}

/** XINFO answers names and values in turn. */
function namedFacts(flat: readonly unknown[]): Record<string, unknown> {
  const pairs = flat.flatMap((name, index) => (index % 2 === 0 ? [[String(name), flat[index + 1]]] : []));
  return Object.fromEntries(pairs);
}
