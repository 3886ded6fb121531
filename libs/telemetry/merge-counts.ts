import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';

/**
 * What several processes have counted, as one: each metric is merged as its own `aggregator` says, sums where it says nothing.
 * In Prometheus's text.
 */
export function mergeCounts(
  processes: readonly (readonly MetricObjectWithValues<MetricValue<string>>[])[],
): Promise<string> {
  return AggregatorRegistry.aggregate(processes.map((metrics) => [...metrics])).metrics();
}
