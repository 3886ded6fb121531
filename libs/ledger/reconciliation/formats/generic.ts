import { countOf, dayOfText, type ExportFormat, type GenericColumns, nanoOf } from '../billed-row.js';

const COUNTS = ['requests', 'inputTokens', 'cachedInputTokens', 'cacheWriteTokens', 'outputTokens'] as const;

/** Any CSV with a row per day and model (and key), whose columns the caller names. Input is all input. */
export function generic(columns: GenericColumns): ExportFormat {
  return {
    provider: null,
    columns: Object.values(columns),
    read(cells) {
      const model = cells[columns.model];
      if (!model) return null;
      const counts = COUNTS.flatMap((measure) => {
        const column = columns[measure];
        return column === undefined ? [] : [[measure, countOf(cells[column])] as const];
      });
      return {
        day: dayOfText(cells[columns.day]),
        model,
        key: columns.credential === undefined ? '' : (cells[columns.credential] ?? ''),
        measured: {
          ...Object.fromEntries(counts),
          ...(columns.costUsd !== undefined && { costNanoUsd: nanoOf(cells[columns.costUsd] || '0') }),
        },
      };
    },
  };
}
