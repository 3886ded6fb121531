import { TollgateError } from '#libs/core';
import type { ExportFormat, GenericColumns } from '../billed-row.js';
import { anthropicCosts } from './anthropic-costs.js';
import { anthropicUsage } from './anthropic-usage.js';
import { generic } from './generic.js';
import { openaiCosts } from './openai-costs.js';
import { openaiUsage } from './openai-usage.js';

const FORMATS = {
  'openai-usage': () => openaiUsage,
  'openai-costs': () => openaiCosts,
  'anthropic-usage': () => anthropicUsage,
  'anthropic-costs': () => anthropicCosts,
  generic,
} as const satisfies Record<string, (columns: GenericColumns) => ExportFormat>;

export type ReconciliationKind = keyof typeof FORMATS;

export const RECONCILIATION_KINDS = Object.keys(FORMATS) as ReconciliationKind[];

/** How exports of this kind are read. Throws `invalid_request` for a generic one without columns. */
export function formatOf(kind: ReconciliationKind, columns: GenericColumns | null): ExportFormat {
  if (kind !== 'generic') return FORMATS[kind]();
  if (columns === null)
    throw new TollgateError('invalid_request', 'columns: say which columns hold what', { param: 'columns' });
  return FORMATS.generic(columns);
}
