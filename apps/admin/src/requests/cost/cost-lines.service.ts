import { Injectable } from '@nestjs/common';
import { formatUsd } from '#libs/core';
import { PrismaClient } from '#libs/database';
import type { LoggedRequest } from '#libs/ledger';
import {
  type CostLine,
  costLines,
  type ModelPrices,
  type PriceOverride,
  pricesOf,
  type ScheduledPrices,
} from '#libs/metering';
import type { RequestCostAnswer } from './cost.dto.js';

/** Explains the cost of a recorded call by the prices that it was booked at. */
@Injectable()
export class CostLines {
  constructor(private readonly database: PrismaClient) {}

  async of(organizationId: string, request: LoggedRequest): Promise<RequestCostAnswer> {
    const { tokens, costNanoUsd, priceVersion } = request;
    const prices = await this.pricesOf(organizationId, request);
    // The name says whether these are the prices of then: a changed price has another.
    const same = prices !== null && prices.version === priceVersion;
    const lines = same ? costLines(tokens, prices, costNanoUsd) : null;
    return { costUsd: formatUsd(costNanoUsd), priceVersion, lines: lines?.map(toApi) ?? null };
  }

  private async pricesOf(organizationId: string, { model: slug, at }: LoggedRequest): Promise<ModelPrices | null> {
    if (slug === null) return null;
    const model = await this.database.model.findFirst({ where: { organizationId, slug } });
    if (model === null) return null;
    const { provider, upstreamModel } = model;
    const prices = model.prices as PriceOverride | null;
    const priceSchedule = model.priceSchedule as unknown as ScheduledPrices[];
    return pricesOf({ provider, upstreamModel, prices, priceSchedule }, at.getTime());
  }
}

function toApi({ kind, tokens, perMillion, costNanoUsd }: CostLine) {
  return { kind, tokens, perMillion: formatUsd(perMillion), costUsd: formatUsd(costNanoUsd) };
}
