import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_TOKENS, parseUsd, uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import type { UsageEvent } from '#libs/messages';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import {
  ensurePartitions,
  insertUsage,
  type Reconciliation,
  type ReconciliationKind,
  type ReconciliationLine,
  type ReconciliationParameters,
  readReconciliationLines,
  readUsageEvent,
  reconcile,
  reconciliationCsv,
  uploadExport,
} from '../index.js';

let server: TestDatabase;
let database: Database;
let organizationId: string;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 4 });
  await ensurePartitions(database.pool, ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']);
});

afterAll(async () => {
  await database?.close();
  await server?.stop();
});

beforeEach(async () => {
  organizationId = uuidv7();
  const data = { id: organizationId, slug: organizationId.slice(-12), name: 'Acme', wrappedDataKey: 'k' };
  await database.prisma.organization.create({ data });
});

const DAY_1 = Date.UTC(2026, 10, 1, 12);
const DAY_MS = 86_400_000;
const MINI = 'gpt-4o-mini-2024-07-18';

async function record(...events: Partial<UsageEvent>[]): Promise<void> {
  const rows = events.map((facts) => {
    const event = usageEvent({ organizationId, atMs: DAY_1, providerCredential: 'openai-main', ...facts });
    const read = readUsageEvent(JSON.stringify(event), organizationId, Date.UTC(2026, 11, 1));
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await insertUsage(database.pool, rows);
}

const DEFAULTS: ReconciliationParameters = {
  provider: 'openai',
  columns: null,
  delimiter: ',',
  credentials: {},
  timezone: 'UTC',
  tolerance: { tokens: 0, requests: 0, costNanoUsd: '0', millionths: 0 },
};

async function* bytesOf(csv: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(csv);
  // Cut at odd places, but a large file not into a million pieces.
  const size = bytes.length > 10_000 ? 4_001 : 7;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function run(
  kind: ReconciliationKind,
  csv: string,
  parameters: Partial<ReconciliationParameters> = {},
): Promise<{ readonly done: Reconciliation; readonly lines: ReconciliationLine[] }> {
  const upload = { organizationId, kind, parameters: { ...DEFAULTS, ...parameters } };
  const { id } = await uploadExport(database.pool, upload, bytesOf(csv));
  const done = await reconcile(database.pool, { id, organizationId }, async () => {});
  const lines: ReconciliationLine[] = [];
  for await (const line of readReconciliationLines(database.pool, id)) lines.push(line);
  return { done, lines };
}

const OPENAI_USAGE =
  'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens\n';
const usageRow = (
  day: number,
  model: string,
  key: string,
  counts: readonly [number, number, number, number],
): string => {
  const iso = `2026-11-0${day}T00:00:00+00:00`;
  const [requests, input, output, cached] = counts;
  return `1,2,${iso},${iso},proj,${requests},,${key},${model},false,default,${input},${output},${cached}\n`;
};

const verdicts = (lines: readonly ReconciliationLine[]): unknown[] =>
  lines.map(({ day, model, credential, outcome, cause }) => [day.slice(-2), model, credential, outcome, cause]);

describe('a reconciliation', () => {
  it('matches OpenAI’s usage by day and model, whichever name of the model the export uses', async () => {
    await record({}, {}, { atMs: DAY_1 + DAY_MS, upstreamModel: 'gpt-4.1', answeredModel: null });
    const csv = `${OPENAI_USAGE}${usageRow(1, MINI, 'key_1', [2, 3000, 200, 600])}${usageRow(2, 'gpt-4.1', 'key_1', [1, 1500, 100, 300])}`;
    const { done, lines } = await run('openai-usage', csv);
    expect(verdicts(lines)).toEqual([
      ['02', 'gpt-4.1', '', 'matched', null],
      ['01', MINI, '', 'matched', null],
    ]);
    expect(done).toMatchObject({
      status: 'done',
      rows: 2n,
      bytesRead: BigInt(Buffer.byteLength(csv)),
      summary: { from: '2026-11-01', to: '2026-11-02', parts: [{ outcome: 'matched', lines: 2 }] },
    });
  });

  it('matches Anthropic’s costs by display names, and OpenAI’s by line items', async () => {
    const claude = { provider: 'anthropic', upstreamModel: 'claude-3-5-haiku-20241022', answeredModel: null };
    await record({ ...claude, costNanoUsd: '70000000' }, { costNanoUsd: '895874000' });
    const anthropic = `usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd\n2026-11-01,Claude 3.5 Haiku 2024-10-22,Default,k,message,,input_no_cache,0.05\n2026-11-01,Claude 3.5 Haiku 2024-10-22,Default,k,message,,output,0.02\n`;
    const { lines } = await run('anthropic-costs', anthropic, { provider: 'anthropic' });
    expect(lines).toMatchObject([{ outcome: 'matched', there: { costNanoUsd: 70_000_000n, requests: null } }]);
    const openai = `start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item\n1,2,2026-11-01T00:00:00+00:00,x,0.8000000000000000,usd,"${MINI}, input"\n1,2,2026-11-01T00:00:00+00:00,x,9.5874e-02,usd,"${MINI}, output"\n1,2,2026-11-02T00:00:00+00:00,x,,,\n`;
    expect((await run('openai-costs', openai)).lines).toMatchObject([{ outcome: 'matched', model: MINI }]);
  });

  it('matches Anthropic’s usage: its kinds of input are disjoint, ours are parts of all input', async () => {
    const tokens = { ...NO_TOKENS, input: 8, cacheRead: 4, cacheWrite: 2, cacheWrite1h: 1, output: 5 };
    await record({ provider: 'anthropic', upstreamModel: 'claude-sonnet-4-6', answeredModel: null, tokens });
    const csv = `usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed\n2026-11-01,claude-sonnet-4-6,demo,Default,standard,≤ 200k,8,2,1,4,5,0,not_available,\n`;
    const { lines } = await run('anthropic-usage', csv, { provider: 'anthropic' });
    expect(lines).toMatchObject([{ outcome: 'matched', there: { inputTokens: 15n, cachedInputTokens: 4n } }]);
  });

  it('tells what is missing on either side, and what differs, with a likely cause', async () => {
    await record(
      { upstreamModel: 'billed-late', answeredModel: null },
      { upstreamModel: 'cached', answeredModel: null },
      { upstreamModel: 'bypassed', answeredModel: null },
      { upstreamModel: 'counted-here', answeredModel: null, estimated: true },
    );
    const csv = [
      usageRow(1, 'cached', 'k', [1, 1500, 100, 0]),
      usageRow(1, 'bypassed', 'k', [3, 4500, 300, 900]),
      usageRow(1, 'counted-here', 'k', [1, 1400, 100, 300]),
      usageRow(1, 'never-called', 'k', [1, 1, 1, 0]),
    ].join('');
    const { lines } = await run('openai-usage', OPENAI_USAGE + csv);
    expect(verdicts(lines)).toEqual([
      ['01', 'billed-late', '', 'missing-there', 'not-billed'],
      ['01', 'bypassed', '', 'differing', 'not-through-gateway'],
      ['01', 'cached', '', 'differing', 'cached-tokens'],
      ['01', 'counted-here', '', 'differing', 'estimated'],
      ['01', 'never-called', '', 'missing-here', 'unknown-model'],
    ]);
  });

  it('sees days of another time zone, and matches them when told which', async () => {
    const columns = { day: 'day', model: 'model', requests: 'n' };
    await record({ atMs: Date.UTC(2026, 10, 2, 1), upstreamModel: 'm', answeredModel: null });
    const csv = 'day,model,n\n2026-11-01,m,1\n2026-11-02,m,0\n';
    const shifted = await run('generic', csv, { columns });
    expect(verdicts(shifted.lines)).toEqual([
      ['01', 'm', '', 'missing-here', 'time-zone-shift'],
      ['02', 'm', '', 'differing', 'time-zone-shift'],
    ]);
    const told = await run('generic', csv, { columns, timezone: 'America/New_York' });
    expect(verdicts(told.lines).map((verdict) => (verdict as unknown[])[3])).toEqual(['matched', 'matched']);
  });

  it('tells credentials apart when it is told whose keys are whose', async () => {
    await record({}, { providerCredential: 'openai-eu' });
    const csv = `${OPENAI_USAGE}${usageRow(1, MINI, 'key_1', [2, 3000, 200, 600])}${usageRow(1, MINI, 'key_9', [1, 5, 5, 0])}`;
    expect(verdicts((await run('openai-usage', csv, { credentials: { key_1: 'openai-main' } })).lines)).toEqual([
      ['01', MINI, 'key_9', 'missing-here', 'not-through-gateway'],
      ['01', MINI, 'openai-eu', 'missing-there', 'other-credential'],
      ['01', MINI, 'openai-main', 'differing', 'other-credential'],
    ]);
  });

  it('knows a price difference from a model without a price', async () => {
    await record(
      { upstreamModel: 'dearer', answeredModel: null, costNanoUsd: '1000' },
      { upstreamModel: 'free', answeredModel: null, costNanoUsd: '0', unpriced: true },
    );
    const columns = { day: 'day', model: 'model', inputTokens: 'in', outputTokens: 'out', costUsd: 'usd' };
    const csv = 'day;model;in;out;usd\n2026-11-01;dearer;1500;100;0.000002\n2026-11-01;free;1500;100;0.000002\n';
    const { lines } = await run('generic', csv, { columns, delimiter: ';' });
    expect(lines.map(({ cause }) => cause)).toEqual(['price-difference', 'unpriced']);
  });

  it('lets pass what is within both tolerances, and not a token more', async () => {
    await record({ upstreamModel: 'm', answeredModel: null });
    const columns = { day: 'day', model: 'model', inputTokens: 'in' };
    const at = async (inputTokens: number): Promise<unknown> => {
      const tolerance = { ...DEFAULTS.tolerance, tokens: 10, millionths: 10_000 };
      const csv = `day,model,in\n2026-11-01,m,${inputTokens}\n`;
      return (await run('generic', csv, { columns, tolerance })).lines[0]?.outcome;
    };
    expect([await at(1510), await at(1515), await at(1516)]).toEqual(['matched', 'matched', 'differing']);
  });

  it('never counts a call that our cache answered, that failed unused, or that is another organization’s', async () => {
    const model = { upstreamModel: 'm', answeredModel: null };
    await record({ ...model, cache: 'hit' }, { ...model, status: 502, tokens: NO_TOKENS }, model);
    const columns = { day: 'day', model: 'model', requests: 'n' };
    expect((await run('generic', 'day,model,n\n2026-11-01,m,1\n', { columns })).lines).toMatchObject([
      { outcome: 'matched' },
    ]);
    organizationId = uuidv7();
    const data = { id: organizationId, slug: organizationId.slice(-12), name: 'Other', wrappedDataKey: 'k' };
    await database.prisma.organization.create({ data });
    expect((await run('generic', 'day,model,n\n2026-11-01,m,1\n', { columns })).lines).toMatchObject([
      { outcome: 'missing-here', here: { requests: null } },
    ]);
  });

  it('of the same file is the same, run twice changes nothing, and the file is not kept', async () => {
    await record({});
    const csv = OPENAI_USAGE + usageRow(1, MINI, 'k', [1, 1500, 100, 300]);
    const first = await run('openai-usage', csv);
    await record({});
    const second = await run('openai-usage', csv);
    expect(second).toEqual(first);
    expect(await database.prisma.reconciliation.count({ where: { organizationId } })).toBe(1);
    expect(await database.prisma.reconciliationPiece.count({ where: { reconciliationId: first.done.id } })).toBe(0);
  });

  it.each<[string, ReconciliationKind, string]>([
    ['a column is missing', 'openai-usage', 'a,b\n1,2\n'],
    ['it is not grouped by model', 'openai-usage', OPENAI_USAGE + usageRow(1, '', 'k', [1, 1, 1, 1])],
    ['a count is no count', 'openai-usage', OPENAI_USAGE.concat(usageRow(1, 'm', 'k', [1, 1.5, 1, 1]))],
    ['a quote never ends', 'openai-usage', `${OPENAI_USAGE}"never`],
    ['it has no rows', 'openai-usage', OPENAI_USAGE],
  ])('ends as failed, saying why, when %s', async (_, kind, csv) => {
    const { done, lines } = await run(kind, csv);
    expect(done).toMatchObject({ status: 'failed', error: expect.stringMatching(/^Row \d+ cannot be read: /) });
    expect(lines).toEqual([]);
  });

  it('holds a file of many rows in any order in few lines, and its CSV adds up', async () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
    const rows = Array.from({ length: 30_000 }, (_, row) => `${days[row % 3]},m${(row % 7000) - 1},0.000000001`);
    const columns = { day: 'day', model: 'model', costUsd: 'usd' };
    const { done, lines } = await run('generic', `day,model,usd\n${rows.join('\n')}\n`, { columns });
    expect(done.rows).toBe(30_000n);
    const csv = await text(reconciliationCsv(done.id, readReconciliationLines(database.pool, done.id)));
    const cells: Record<string, string>[] = parse(csv, { columns: true });
    expect(cells).toHaveLength(lines.length);
    expect(cells.reduce((sum, row) => sum + parseUsd(row['provider_cost_usd'] ?? ''), 0n)).toBe(30_000n);
  }, 60_000);
});
