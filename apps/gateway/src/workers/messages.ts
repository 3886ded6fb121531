import type { MetricObjectWithValues, MetricValue } from '#libs/telemetry';

/** What one process has counted, as prom-client's registries tell it. */
export type Counts = readonly MetricObjectWithValues<MetricValue<string>>[];

/** From a worker to its supervisor. */
export type FromWorker =
  | { readonly type: 'ready'; readonly port: number }
  /** Somebody wants everybody's metrics; `id` comes back with them. */
  | { readonly type: 'merge'; readonly id: number }
  | { readonly type: 'counts'; readonly round: number; readonly counts: Counts };

/** From the supervisor to a worker. */
export type ToWorker =
  | { readonly type: 'count'; readonly round: number }
  | { readonly type: 'merged'; readonly id: number; readonly text: string }
  /** How many workers take calls, of how many there should be. */
  | { readonly type: 'workers'; readonly running: number; readonly wanted: number };
