/** How a model of ours is named upstream: what was asked for, and what answered. */
export interface UpstreamNames {
  readonly upstreamModel: string;
  readonly answeredModel: string | null;
}

/**
 * Under which name of the provider's export each of our models stands: as it answered, as it was asked for, or, where exports
 * use display names (`Claude Haiku 4.5`), by the same words without dates. A model that the export does not name keeps its own.
 */
export function namesInExport(ours: readonly UpstreamNames[], exported: readonly string[]): string[] {
  const exact = new Set(exported);
  const loose = new Map(exported.map((name) => [wordsOf(name), name]));
  return ours.map(({ upstreamModel, answeredModel }) => {
    const answered = answeredModel ?? upstreamModel;
    if (exact.has(answered)) return answered;
    if (exact.has(upstreamModel)) return upstreamModel;
    return loose.get(wordsOf(answered)) ?? loose.get(wordsOf(upstreamModel)) ?? answered;
  });
}

/** `claude-3-5-haiku-20241022` and `Claude 3.5 Haiku 2024-10-22` are the same words. */
export function wordsOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\b\d{4}-\d{2}-\d{2}\b|\b\d{8}\b/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'latest')
    .sort()
    .join(' ');
}
