import { hostname } from 'node:os';
import type { Meter, Tracer } from '@opentelemetry/api';

/** Traces and metrics on their way to a collector. */
export interface Otlp {
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Sends what is left, within 5 s. Never rejects: a collector that is away must not keep a process from ending. */
  close(): Promise<void>;
}

const CLOSE_MS = 5_000;

/**
 * Sends to the collector at `endpoint` (OTLP over HTTP, `/v1/traces` and `/v1/metrics` below it). Loads OpenTelemetry only
 * here, so that a process without a collector does not pay for it. Sampling, headers and intervals are the SDK's own
 * variables: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export async function startOtlp(endpoint: string, service: string): Promise<Otlp> {
  const [{ resourceFromAttributes }, traces, { OTLPTraceExporter }, metrics, { OTLPMetricExporter }] =
    await Promise.all([
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/exporter-metrics-otlp-http'),
    ]);
  const resource = resourceFromAttributes({
    'service.name': `tollgate-${service}`,
    'service.instance.id': `${hostname()}-${process.pid}`,
  });
  const tracing = new traces.TracerProvider({
    resource,
    sampler: new traces.ParentBasedSampler({ root: new traces.TraceIdRatioBasedSampler(sampledShare()) }),
    spanProcessors: [
      new traces.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }),
        scheduledDelayMillis: numberFrom('OTEL_BSP_SCHEDULE_DELAY', 5_000),
      }),
    ],
  });
  const metering = new metrics.MeterProvider({
    resource,
    readers: [
      new metrics.PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }),
        exportIntervalMillis: numberFrom('OTEL_METRIC_EXPORT_INTERVAL', 60_000),
      }),
    ],
  });
  return {
    tracer: tracing.getTracer('tollgate'),
    meter: metering.getMeter('tollgate'),
    close: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      const closed = Promise.allSettled([tracing.shutdown(), metering.shutdown()]);
      await Promise.race([closed, late]);
    },
  };
}

/** The share, 0 to 1, of the calls without a parent that are traced. */
const sampledShare = (): number => Math.min(1, numberFrom('OTEL_TRACES_SAMPLER_ARG', 1));

/** One of the SDK's own variables; the default where it is unset or no number of 0 or more. */
function numberFrom(name: string, fallback: number): number {
  const text = process.env[name];
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : fallback;
}
