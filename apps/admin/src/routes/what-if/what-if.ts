import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { Prisma, PrismaClient } from '#libs/database';
import { routeCalls } from '#libs/ledger';
import { compileSnapshot } from '#libs/snapshot';
import { found } from '../../change/named.js';
import { Organizations } from '../../change/organizations.js';
import { CLOCK, POOL } from '../../connections/tokens.js';
import { invalidField } from '../../http/validation.js';
import { ModelHealths } from '../../models/model-healths.js';
import { SnapshotPublisher } from '../../snapshot/publisher.js';
import type { UpdateRoute } from '../routes.dto.js';
import { changedColumns } from '../routes.service.js';
import { explain } from './explain.js';
import { Replay } from './replay.js';
import type { ExplainAnswer, ExplainRoute, SimulateAnswer, SimulateRoute } from './what-if.dto.js';
import { type World, worldOf } from './world.js';

/** Calls per query: a few megabytes. */
const BATCH = 5_000;
/** Most calls of one replay, the newest: half a minute's work. */
const CALLS_MAX = 1_000_000;
const SHADOW_SURFACE = 'shadow';

/** Answers what a route does, or would do if it were changed. */
@Injectable()
export class WhatIf {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly publisher: SnapshotPublisher,
    private readonly healths: ModelHealths,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async explain(organization: string, route: string, body: ExplainRoute): Promise<ExplainAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const world = await this.world(organizationId, route, body.route);
    return explain(world, body, await this.healths.of(organizationId), this.clock.now());
  }

  async simulate(organization: string, route: string, body: SimulateRoute): Promise<SimulateAnswer> {
    const from = new Date(body.from);
    const to = new Date(body.to);
    if (from >= to) throw invalidField('from', 'must be before `to`');
    const organizationId = await this.organizations.idOf(organization);
    const world = await this.world(organizationId, route, body.route);
    const replay = new Replay(world, await this.healths.of(organizationId));

    const { slug } = world.route;
    const query = { organizationId, route: slug, from, to, exceptSurface: SHADOW_SURFACE, batch: BATCH };
    let read = 0;
    for await (const calls of routeCalls(this.pool, query)) {
      for (const call of calls) replay.add(call);
      read += calls.length;
      if (read >= CALLS_MAX) return replay.result(new Date(calls.at(-1)?.atMs ?? from));
    }
    return replay.result(from);
  }

  /** The organization with the route as it is or as it would be. Throws not_found, and invalid_request about the change. */
  private async world(organizationId: string, route: string, change: UpdateRoute | undefined): Promise<World> {
    const rows = found(await this.publisher.rowsOf(organizationId), organizationId);
    const row = found(rows.routes.find(({ id, slug }) => id === route || slug === route) ?? null, route);
    const columns = change ? await changedColumns(this.database, organizationId, change) : {};
    const changed: typeof row = { ...row, ...plain(columns) };
    return worldOf(compileSnapshot({ ...rows, routes: [changed] }), row.slug);
  }
}

/** Columns as they would be read again: what empties a JSON column is null. */
function plain(columns: object): object {
  const entries = Object.entries(columns).map(([name, value]) => [name, value === Prisma.DbNull ? null : value]);
  return Object.fromEntries(entries);
}
