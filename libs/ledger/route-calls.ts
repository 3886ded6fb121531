import type pg from 'pg';
import type { NanoUsd, TokenCounts } from '#libs/core';

/** What routing could know of a recorded call, and what it came to. */
export interface RouteCall {
  readonly callId: string;
  readonly atMs: number;
  readonly team: string;
  readonly service: string;
  readonly agent: string | null;
  readonly session: string | null;
  readonly endUser: string | null;
  readonly surface: string;
  readonly tags: Readonly<Record<string, string>>;
  /** That answered; null when none did. */
  readonly model: string | null;
  readonly tokens: TokenCounts;
  readonly costNanoUsd: NanoUsd;
  /** Whether the answer came from the cache. */
  readonly cached: boolean;
}

export interface RouteCallsQuery {
  readonly organizationId: string;
  readonly route: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Calls on this surface are left out. */
  readonly exceptSurface: string;
  /** Calls per query: the memory it takes. */
  readonly batch: number;
}

/**
 * The recorded calls to a route, newest first, as of one instant, read batch by batch from a cursor: however many there are,
 * only one batch is held. Ending early gives the connection back.
 */
export async function* routeCalls(pool: pg.Pool, query: RouteCallsQuery): AsyncGenerator<readonly RouteCall[]> {
  const { organizationId, route, from, to, exceptSurface, batch } = query;
  const client = await pool.connect();
  try {
    await client.query('BEGIN TRANSACTION READ ONLY');
    await client.query(
      `DECLARE calls NO SCROLL CURSOR FOR
       SELECT call_id, (extract(epoch FROM at) * 1000)::float8 AS at_ms, team, service, agent, session, end_user, surface,
         tags, model, cost_nano_usd, cache IN ('hit', 'semantic-hit') AS cached, input_tokens, cache_read_tokens,
         cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_input_tokens,
         audio_output_tokens
       FROM usage_records
       WHERE organization_id = $1 AND route = $2 AND at >= $3 AND at < $4 AND surface <> $5
       ORDER BY at DESC, call_id DESC`,
      [organizationId, route, from, to, exceptSurface],
    );
    for (;;) {
      const { rows } = await client.query<CallRow>(`FETCH ${Math.trunc(batch)} FROM calls`);
      if (rows.length > 0) yield rows.map(toCall);
      if (rows.length < batch) return;
    }
  } finally {
    // Nothing was changed: rolling back only ends the cursor. A connection that cannot even do that is not given back.
    const broken = await client.query('ROLLBACK').then(
      () => undefined,
      (error: Error) => error,
    );
    client.release(broken);
  }
}

interface CallRow {
  readonly call_id: string;
  readonly at_ms: number;
  readonly team: string;
  readonly service: string;
  readonly agent: string | null;
  readonly session: string | null;
  readonly end_user: string | null;
  readonly surface: string;
  readonly tags: Record<string, string>;
  readonly model: string | null;
  readonly cost_nano_usd: string;
  readonly cached: boolean;
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly cache_write_1h_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
  readonly audio_input_tokens: number;
  readonly audio_output_tokens: number;
}

function toCall(row: CallRow): RouteCall {
  const { team, service, agent, session, surface, tags, model, cached } = row;
  return {
    ...{ team, service, agent, session, surface, tags, model, cached },
    callId: row.call_id,
    atMs: row.at_ms,
    endUser: row.end_user,
    costNanoUsd: BigInt(row.cost_nano_usd),
    tokens: {
      input: row.input_tokens,
      cacheRead: row.cache_read_tokens,
      cacheWrite: row.cache_write_tokens,
      cacheWrite1h: row.cache_write_1h_tokens,
      output: row.output_tokens,
      reasoning: row.reasoning_tokens,
      audioInput: row.audio_input_tokens,
      audioOutput: row.audio_output_tokens,
    },
  };
}
