import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { formatUsd } from '#libs/core';
import { type Model, PrismaClient } from '#libs/database';
import { type PricesAt, previewReRating, type ReRating, reRate } from '#libs/ledger';
import { type PriceOverride, pricesOf, type ScheduledPrices } from '#libs/metering';
import { Changes } from '../../change/changes.js';
import { referTo } from '../../change/named.js';
import { Organizations } from '../../change/organizations.js';
import { created } from '../../change/outcome.js';
import { POOL } from '../../connections/tokens.js';
import type { Write } from '../../http/write.js';
import type { CreateReRating, ReRatingAnswer } from './re-ratings.dto.js';

@Injectable()
export class ReRatingsService {
  constructor(
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly database: PrismaClient,
    @Inject(POOL) private readonly pool: Pool,
  ) {}

  async preview(organization: string, { period, model }: CreateReRating): Promise<ReRatingAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const { slug, pricesAt } = await this.priced(organizationId, model);
    return toApi(period, slug, await previewReRating(this.pool, { organizationId, period, model: slug }, pricesAt));
  }

  /** Priced before the change is opened: reading a month of records takes longer than a transaction of changes may. */
  async commit(organization: string, { period, model }: CreateReRating, write: Write): Promise<ReRatingAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const { id, slug, pricesAt } = await this.priced(organizationId, model);
    const done = await reRate(this.pool, { organizationId, period, model: slug }, pricesAt);
    const answer = toApi(period, slug, done);
    await this.changes.inside(organization, write, async () => created('re-rating', { ...answer, id }));
    return answer;
  }

  private async priced(organizationId: string, model: string): Promise<Pick<Model, 'id' | 'slug'> & PricedBy> {
    const row = await referTo('model', organizationId, model, (where) => this.database.model.findFirst({ where }));
    const { id, slug, provider, upstreamModel } = row;
    const prices = row.prices as PriceOverride | null;
    const priceSchedule = row.priceSchedule as unknown as ScheduledPrices[];
    return { id, slug, pricesAt: (atMs) => pricesOf({ provider, upstreamModel, prices, priceSchedule }, atMs) };
  }
}

interface PricedBy {
  readonly pricesAt: PricesAt;
}

function toApi(period: string, model: string, { records, left, lines, ...rest }: ReRating): ReRatingAnswer {
  return {
    period,
    model,
    requests: records,
    left,
    differenceUsd: formatUsd(rest.differenceNanoUsd),
    statement: rest.statementId,
    lines: lines.map((line) => ({
      costCenter: line.costCenter,
      team: line.team,
      service: line.service,
      requests: line.records,
      bookedUsd: formatUsd(line.bookedNanoUsd),
      ratedUsd: formatUsd(line.ratedNanoUsd),
      adjustedUsd: formatUsd(line.adjustedNanoUsd),
      differenceUsd: formatUsd(line.differenceNanoUsd),
    })),
  };
}
