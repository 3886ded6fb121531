export { type GenericColumns, MEASURES, type Measure, type Measured } from './billed-row.js';
export { RECONCILIATION_CSV_HEADER, reconciliationCsv } from './csv.js';
export { formatOf, RECONCILIATION_KINDS, type ReconciliationKind } from './formats/index.js';
export type { Cause, Outcome } from './judge.js';
export { type ReconciliationLine, readReconciliationLines } from './lines.js';
export type { Delimiter } from './read-export.js';
export { type OnProgress, reconcile } from './reconcile.js';
export {
  findReconciliation,
  listReconciliations,
  type Reconciliation,
  type ReconciliationId,
  type ReconciliationParameters,
  type ReconciliationStatus,
  type Tolerance,
  unfinishedReconciliations,
} from './reconciliation.js';
export type { Summary, SummaryPart } from './summary.js';
export { UPLOAD_BYTES_MAX, uploadExport } from './upload.js';
