import type { Export } from '#libs/database';
import type { ExportAnswer } from './exports.dto.js';

const THOUSANDTHS_PER_CENT = 10;

export function toApi(organization: string, row: Export): ExportAnswer {
  const { id, kind, format, from, to, status, rows, bytes, progress, error, createdAt, finishedAt, expiresAt } = row;
  return {
    ...{ id, kind, format, from, to, status },
    progress: Math.floor(progress / THOUSANDTHS_PER_CENT),
    rows: Number(rows),
    bytes: Number(bytes),
    download: status === 'done' ? `/api/v1/organizations/${organization}/exports/${id}/download` : null,
    ...{ error, createdAt, finishedAt, expiresAt },
  };
}
