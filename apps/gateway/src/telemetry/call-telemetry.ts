import {
  type Context,
  type Histogram,
  type Meter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { UsageEvent } from '#libs/messages';
import { totalInput, totalOutput } from '#libs/metering';
import type { Otlp } from '#libs/telemetry';
import { attributesOf, attributesOfAttempt, labelsOf, operationOf } from './gen-ai.js';

const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const FIRST_TOKEN_SECONDS = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Tells a collector of every call, after it: a span for the call, one below it for each attempt, what guardrails and the cache
 * decided as events, and the metrics of the conventions. Made out of the usage event alone, so that the call path knows nothing
 * of it and cannot say anything here that is not in the record.
 */
export class CallTelemetry {
  private readonly tracer: Tracer;
  private readonly duration: Histogram;
  private readonly firstToken: Histogram;
  private readonly tokens: Histogram;

  constructor({ tracer, meter }: Pick<Otlp, 'tracer' | 'meter'>) {
    this.tracer = tracer;
    this.duration = histogram(meter, 'gen_ai.client.operation.duration', 's', SECONDS);
    this.firstToken = histogram(meter, 'gen_ai.server.time_to_first_token', 's', FIRST_TOKEN_SECONDS);
    this.tokens = histogram(meter, 'gen_ai.client.token.usage', '{token}', TOKENS);
  }

  /** `traceparent`: what the client sent. A call that it marks as not sampled is not traced. */
  finished(event: UsageEvent, traceparent: string | undefined): void {
    this.span(event, parentOf(traceparent));
    const labels = labelsOf(event);
    this.duration.record(event.latencyMs / 1_000, labels);
    if (event.firstTokenMs !== null) this.firstToken.record(event.firstTokenMs / 1_000, labels);
    this.tokens.record(totalInput(event.tokens), { ...labels, 'gen_ai.token.type': 'input' });
    this.tokens.record(totalOutput(event.tokens), { ...labels, 'gen_ai.token.type': 'output' });
  }

  private span(event: UsageEvent, parent: Context): void {
    const { atMs, latencyMs, attempts, findings, cache, error } = event;
    const span = this.tracer.startSpan(
      `${operationOf(event)} ${event.route ?? event.requestedModel.slice(0, 64)}`,
      { kind: SpanKind.SERVER, startTime: atMs, attributes: attributesOf(event) },
      parent,
    );
    if (span.isRecording()) {
      const within = trace.setSpan(parent, span);
      for (const attempt of attempts) {
        const startTime = atMs + (attempt.startMs ?? 0);
        const child = this.tracer.startSpan(
          `attempt ${attempt.model}`,
          { kind: SpanKind.CLIENT, startTime, attributes: attributesOfAttempt(attempt) },
          within,
        );
        if (attempt.outcome !== 'ok') child.setStatus({ code: SpanStatusCode.ERROR, message: attempt.outcome });
        child.end(startTime + attempt.ms);
      }
      for (const { guardrail, check, rule, action, at, confidence, dryRun = false } of findings)
        span.addEvent('tollgate.finding', { guardrail, check, rule, action, at, confidence, dryRun }, atMs);
      if (cache !== 'bypass') span.addEvent('tollgate.cache', { outcome: cache }, atMs);
    }
    if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
    span.end(atMs + latencyMs);
  }
}

const histogram = (meter: Meter, name: string, unit: string, buckets: number[]): Histogram =>
  meter.createHistogram(name, { unit, advice: { explicitBucketBoundaries: buckets } });

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/;

/** https://www.w3.org/TR/trace-context/#traceparent-header */
function parentOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = (traceparent && TRACEPARENT.exec(traceparent)) || [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
  });
}
