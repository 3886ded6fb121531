export { createLogger, type Logger } from './logger.js';
export { mergeCounts } from './merge-counts.js';
export {
  Counter,
  createRegistry,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from './metrics.js';
export { nestLogger } from './nest-logger.js';
export { type Otlp, startOtlp } from './otlp.js';
