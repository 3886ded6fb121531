import { rm, stat } from 'node:fs/promises';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import type { Export, PrismaClient } from '#libs/database';
import {
  type Exported,
  type ExportRange,
  type ExportRow,
  exportPath,
  exportRequests,
  exportUsage,
  REQUEST_COLUMNS,
  USAGE_COLUMNS,
} from '#libs/ledger';
import { AUDIT_COLUMNS, exportAudit } from './audit-rows.js';
import { type ExportFormat, writeExport } from './file.js';

interface Source {
  readonly columns: readonly string[];
  readonly rows: (pool: Pool, range: ExportRange) => AsyncIterable<Exported>;
  /** Whether it comes newest first. */
  readonly backwards: boolean;
}

const SOURCES: Readonly<Record<string, Source>> = {
  requests: { columns: REQUEST_COLUMNS, rows: exportRequests, backwards: true },
  usage: { columns: USAGE_COLUMNS, rows: exportUsage, backwards: false },
  audit: { columns: AUDIT_COLUMNS, rows: exportAudit, backwards: false },
};

/** How long a file can be downloaded. */
export const KEEP_MS = 7 * 86_400_000;
const SHOW_EVERY_ROWS = 5_000;

export interface ExportParts {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly dataDir: string;
}

/** Writes the file of an export. One that has a file is left alone; one that was cut short begins anew. */
export async function carryOut(parts: ExportParts, order: Export, onProgress: (thousandths: number) => Promise<void>) {
  const { prisma, pool, clock, dataDir } = parts;
  if (order.status !== 'waiting' && order.status !== 'running') return order;
  const source = SOURCES[order.kind];
  if (!source) throw new Error(`unknown kind of export: ${order.kind}`);
  const { id } = order;
  const path = exportPath(dataDir, id);
  let rows = 0;
  const show = async ({ at }: Exported): Promise<void> => {
    rows += 1;
    if (rows % SHOW_EVERY_ROWS !== 1) return;
    const progress = shareOf(order, at, source.backwards);
    await prisma.export.update({ where: { id }, data: { status: 'running', rows, progress } });
    await onProgress(progress);
  };
  await writeExport(path, order.format as ExportFormat, source.columns, shown(source.rows(pool, order), show));
  const { size } = await stat(path);
  const finishedAt = new Date(clock.now());
  const expiresAt = new Date(clock.now() + KEEP_MS);
  return prisma.export.update({
    where: { id },
    data: { status: 'done', rows, bytes: size, progress: 1000, finishedAt, expiresAt },
  });
}

async function* shown(
  rows: AsyncIterable<Exported>,
  show: (exported: Exported) => Promise<void>,
): AsyncGenerator<ExportRow> {
  for await (const exported of rows) {
    yield exported.row;
    await show(exported);
  }
}

/** How much of the time asked for lies behind, thousandths. */
function shareOf({ from, to }: ExportRange, at: Date, backwards: boolean): number {
  const done = backwards ? to.getTime() - at.getTime() : at.getTime() - from.getTime();
  return Math.min(999, Math.max(0, Math.floor((1000 * done) / (to.getTime() - from.getTime()))));
}

/** Deletes the files whose time is over. Returns how many. */
export async function expire({ prisma, clock, dataDir }: ExportParts): Promise<number> {
  const over = await prisma.export.findMany({ where: { status: 'done', expiresAt: { lt: new Date(clock.now()) } } });
  for (const { id } of over) {
    await rm(exportPath(dataDir, id), { force: true });
    await prisma.export.update({ where: { id }, data: { status: 'expired' } });
  }
  return over.length;
}
