export { type Adjustment, addAdjustment, type NewAdjustment } from './adjustment.js';
export { beginClosing, closeStatement, previewStatement, verifyStatement } from './closing.js';
export { CSV_HEADER, type CsvStatement, statementCsv } from './csv.js';
export { csvStream, textCell } from './csv-stream.js';
export { bury, countDeadLetters, type DeadLetter, readDeadLetters, replayDeadLetters } from './dead-letters.js';
export { DECISIONS, type Decision } from './decisions.js';
export { exportPath } from './export-path.js';
export { insertUsage, type TouchedHour } from './insert.js';
export { keptFrom } from './kept.js';
export { dayOf, daysFrom, ensurePartitions } from './partitions.js';
export { type Performance, type PerformanceInterval, type PerformanceQuery, performanceReport } from './performance.js';
export { type Period, parsePeriod } from './period.js';
export type { PricesAt } from './re-rating/rated.js';
export {
  previewReRating,
  type ReRating,
  type ReRatingLine,
  type ReRatingOf,
  reRate,
} from './re-rating/re-rating.js';
export * from './reconciliation/index.js';
export {
  findRequest,
  type LoggedRequest,
  type LogPosition,
  type RequestFilter,
  readRequests,
} from './request-log.js';
export { type Retained, retain } from './retention.js';
export { checkDay, checkMonth, markForFolding, type RollupDifference, type RollupSums } from './rollups/check.js';
export { foldHour, pendingHours, type RollupHour } from './rollups/fold-hour.js';
export { foldSpan, pendingSpans, type RollupSpan } from './rollups/fold-span.js';
export { type RouteCall, type RouteCallsQuery, routeCalls } from './route-calls.js';
export { type Markup, type SharedCost, SPLITS, type Split } from './rules/rules.js';
export { type Spent, type SpentKey, type SpentQuery, spentBy } from './spent.js';
export {
  findStatement,
  getStatement,
  listStatements,
  type Statement,
  type StatementId,
  type StatementStatus,
} from './statement.js';
export { readLines, type StatementLine } from './statement-lines.js';
export { ledgerTotal } from './total.js';
export {
  type Exported,
  type ExportRange,
  type ExportRow,
  exportRequests,
  exportUsage,
  REQUEST_COLUMNS,
  USAGE_COLUMNS,
} from './usage-export.js';
export {
  USAGE_KEYS,
  type UsageInterval,
  type UsageKey,
  type UsageQuery,
  type UsageSums,
  usageReport,
} from './usage-report.js';
export { readUsageEvent, type UsageRow } from './usage-row.js';
