import type pg from 'pg';
import { API_TOKENS } from '../token-sums.js';
import { namesInExport, type UpstreamNames } from './model-names.js';
import type { Reconciliation } from './reconciliation.js';
import { sideColumns } from './stage.js';

/**
 * Calls that the provider saw and would bill: not those answered by our cache, nor those that failed before anything was used.
 */
const BILLABLE = `record.organization_id = $1 AND record.at >= ($2::date::timestamp AT TIME ZONE $4)
  AND record.at < (($3::date + 1)::timestamp AT TIME ZONE $4) AND record.provider = $5
  AND record.upstream_model IS NOT NULL AND record.cache NOT IN ('hit', 'semantic-hit')
  AND (record.status < 400 OR record.input_tokens + record.output_tokens + record.reasoning_tokens > 0)`;

const SIDE = sideColumns('here');

const RECORD = `
  INSERT INTO reconciliation_lines AS line (
    reconciliation_id, day, model, credential, ${SIDE.join(', ')}, here_unpriced, here_estimated
  )
  SELECT $6::uuid, (record.at AT TIME ZONE $4)::date AS day, name.exported,
    CASE WHEN $7 THEN coalesce(record.provider_credential, credential.slug, '') ELSE '' END AS credential,
    count(*), sum(${API_TOKENS.input}), sum(${API_TOKENS.cachedInput}), sum(${API_TOKENS.cacheWrite}),
    sum(${API_TOKENS.output}), sum(cost_nano_usd), count(*) FILTER (WHERE unpriced),
    count(*) FILTER (WHERE estimated OR orphaned)
  FROM usage_records AS record
  JOIN unnest($8::text[], $9::text[], $10::text[]) AS name (upstream, answered, exported)
    ON name.upstream = record.upstream_model AND name.answered = coalesce(record.answered_model, '')
  LEFT JOIN models AS model ON model.organization_id = record.organization_id AND model.slug = record.model
  LEFT JOIN provider_credentials AS credential ON credential.id = model.credential_id
  WHERE ${BILLABLE}
  GROUP BY 2, 3, 4
  ON CONFLICT (reconciliation_id, day, model, credential) DO UPDATE SET
    ${[...SIDE, 'here_unpriced', 'here_estimated'].map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Adds to the staged lines what the ledger has of the same days and provider. In the caller's transaction. */
export async function recordHere(
  client: pg.PoolClient,
  { id, organizationId, parameters }: Reconciliation,
): Promise<void> {
  const { rows } = await client.query<{ first: string | null; last: string | null }>(
    'SELECT min(day)::text AS first, max(day)::text AS last FROM reconciliation_lines WHERE reconciliation_id = $1',
    [id],
  );
  const days = rows[0];
  if (!days?.first) return;
  const { provider, timezone, credentials } = parameters;
  const range = [organizationId, days.first, days.last, timezone, provider];
  const names = await exportedNames(client, id, range);
  const byCredential = Object.keys(credentials).length > 0;
  await client.query(RECORD, [
    ...range,
    id,
    byCredential,
    names.map(({ upstreamModel }) => upstreamModel),
    names.map(({ answeredModel }) => answeredModel ?? ''),
    names.map(({ exported }) => exported),
  ]);
}

async function exportedNames(
  client: pg.PoolClient,
  id: string,
  range: readonly unknown[],
): Promise<(UpstreamNames & { readonly exported: string })[]> {
  const ours = await client.query<UpstreamNames>(
    `SELECT DISTINCT record.upstream_model AS "upstreamModel", record.answered_model AS "answeredModel"
     FROM usage_records AS record WHERE ${BILLABLE}`,
    [...range],
  );
  const theirs = await client.query<{ model: string }>(
    'SELECT DISTINCT model FROM reconciliation_lines WHERE reconciliation_id = $1',
    [id],
  );
  const exported = namesInExport(
    ours.rows,
    theirs.rows.map(({ model }) => model),
  );
  return ours.rows.map((names, index) => ({ ...names, exported: exported[index] as string }));
}
