import type { UsageEvent } from '#libs/messages';
import { totalInput, totalOutput } from '#libs/metering';
import { RecentPercentile } from '#libs/routing';
import { Counter, Gauge, Histogram, type Registry } from '#libs/telemetry';

/** Weight of the newest observation in the decaying average of times to first token. */
const DECAY = 0.2;
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** What the call path observes: for Prometheus, and for the routing strategies that need the state of the moment. */
export class CallMetrics {
  private readonly calls: Counter<'surface' | 'provider' | 'status'>;
  private readonly refusals: Counter<'surface' | 'code'>;
  private readonly tokens: Counter<'provider' | 'direction'>;
  private readonly latency: Histogram<'surface' | 'provider'>;
  private readonly firstTokens: Histogram<'provider'>;
  private readonly inFlight: Gauge;
  private readonly averages = new Map<string, number>();
  private readonly firstTokenTimes = new Map<string, RecentPercentile>();
  private readonly runningByModel = new Map<string, number>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.calls = new Counter({
      name: 'tollgate_calls_total',
      help: 'Calls answered or refused.',
      labelNames: ['surface', 'provider', 'status'],
      registers,
    });
    this.refusals = new Counter({
      name: 'tollgate_unauthenticated_total',
      help: 'Calls refused before their caller was known.',
      labelNames: ['surface', 'code'],
      registers,
    });
    this.tokens = new Counter({
      name: 'tollgate_tokens_total',
      help: 'Tokens used.',
      labelNames: ['provider', 'direction'],
      registers,
    });
    this.latency = new Histogram({
      name: 'tollgate_call_duration_seconds',
      help: 'From arrival to settlement.',
      labelNames: ['surface', 'provider'],
      buckets: SECONDS,
      registers,
    });
    this.firstTokens = new Histogram({
      name: 'tollgate_first_token_seconds',
      help: 'From arrival to the first content.',
      labelNames: ['provider'],
      buckets: SECONDS,
      registers,
    });
    this.inFlight = new Gauge({ name: 'tollgate_attempts_in_flight', help: 'Attempts under way.', registers });
  }

  /** An attempt begins; the returned function ends it. */
  begin(modelId: string): () => void {
    this.inFlight.inc();
    this.runningByModel.set(modelId, this.running(modelId) + 1);
    return () => {
      this.inFlight.dec();
      this.runningByModel.set(modelId, this.running(modelId) - 1);
    };
  }

  running(modelId: string): number {
    return this.runningByModel.get(modelId) ?? 0;
  }

  /** A model began to answer after so many milliseconds; `streamed`: with the first content of a stream, not with the whole. */
  firstToken(modelId: string, ms: number, streamed: boolean): void {
    if (streamed) this.timesOf(modelId).add(ms);
    const before = this.averages.get(modelId);
    this.averages.set(modelId, before === undefined ? ms : before + DECAY * (ms - before));
  }

  firstTokenMs(modelId: string): number | null {
    return this.averages.get(modelId) ?? null;
  }

  /** The 95th percentile of the model's time to first token; null when too few streams were seen. */
  slowFirstTokenMs(modelId: string): number | null {
    return this.firstTokenTimes.get(modelId)?.p95() ?? null;
  }

  private timesOf(modelId: string): RecentPercentile {
    let times = this.firstTokenTimes.get(modelId);
    if (!times) {
      times = new RecentPercentile();
      this.firstTokenTimes.set(modelId, times);
    }
    return times;
  }

  refused(surface: string, code: string): void {
    this.refusals.inc({ surface, code });
  }

  finished(event: UsageEvent): void {
    const { surface } = event;
    const provider = event.provider ?? 'none';
    this.calls.inc({ surface, provider, status: event.status });
    this.latency.observe({ surface, provider }, event.latencyMs / 1000);
    if (event.firstTokenMs !== null) this.firstTokens.observe({ provider }, event.firstTokenMs / 1000);
    this.tokens.inc({ provider, direction: 'input' }, totalInput(event.tokens));
    this.tokens.inc({ provider, direction: 'output' }, totalOutput(event.tokens));
  }
}
