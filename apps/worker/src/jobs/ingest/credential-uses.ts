import type { Pool } from 'pg';
import { isUuid } from '#libs/core';
import type { UsageRow } from '#libs/ledger';

/** How exact a last use is: nobody deletes a credential for a minute. */
const STEP_MS = 60_000;
/** Credentials kept in mind; one that is forgotten is written once more. */
const KNOWN_MAX = 50_000;

/**
 * Notes when gateway keys and the credentials of services were last used, so that people see which they can delete. Calls
 * carry it in their usage events; here it costs at most one statement for each batch, and none while nothing is new.
 */
export class CredentialUses {
  readonly #noted = new Map<string, number>();

  constructor(private readonly pool: Pool) {}

  /** Rejects when Postgres is away; the same rows may be given again. */
  async note(rows: readonly UsageRow[]): Promise<void> {
    const latest = new Map<string, number>();
    for (const { credentialId, atMs } of rows)
      if (credentialId !== null && isUuid(credentialId) && atMs >= (this.#noted.get(credentialId) ?? 0) + STEP_MS)
        latest.set(credentialId, Math.max(atMs, latest.get(credentialId) ?? 0));
    if (latest.size === 0) return;
    await this.pool.query(NOTE, [[...latest.keys()], [...latest.values()]]);
    for (const [id, atMs] of latest) this.#remember(id, atMs);
  }

  #remember(id: string, atMs: number): void {
    this.#noted.delete(id);
    this.#noted.set(id, atMs);
    const [oldest] = this.#noted.keys();
    if (this.#noted.size > KNOWN_MAX && oldest !== undefined) this.#noted.delete(oldest);
  }
}

/** Never backwards: events may come late, and another worker may have seen a later one. */
const NOTE = `
  WITH uses AS (
    SELECT id, to_timestamp(at_ms / 1000.0) AS at FROM unnest($1::uuid[], $2::bigint[]) AS u (id, at_ms)
  ), keys AS (
    UPDATE gateway_keys SET last_used_at = greatest(last_used_at, uses.at) FROM uses WHERE gateway_keys.id = uses.id
  )
  UPDATE service_credentials SET last_used_at = greatest(last_used_at, uses.at)
  FROM uses WHERE service_credentials.id = uses.id`;
