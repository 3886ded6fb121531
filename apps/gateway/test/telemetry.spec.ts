import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faulty, type Harness, route, startHarness, until } from './harness.js';

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly status: { readonly code: number };
}

/** A collector that takes OTLP in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
const taken: { readonly path: string; readonly body: string }[] = [];
let collector: Server;
let harness: Harness;
beforeAll(async () => {
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '50';
  process.env['OTEL_METRIC_EXPORT_INTERVAL'] = '200';
  process.env['OTEL_METRIC_EXPORT_TIMEOUT'] = '200';
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    taken.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString() });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  harness = await startHarness(`http://127.0.0.1:${(collector.address() as { port: number }).port}`);
});
afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
  collector?.close();
});

const spans = (): Span[] =>
  taken
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => JSON.parse(body).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap((scope) => scope.spans);

const said = ({ attributes }: Pick<Span, 'attributes'>): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

it('a call is a span below the client’s, each attempt one below it, by the conventions for generative AI', async () => {
  await harness.configure({
    models: [...harness.defaults.models, faulty('broken', 'status=500')],
    routes: [route('shaky', ['broken', 'claude'])],
  });
  const secret = 'a prompt that must not travel';
  const response = await harness.chat(
    { model: 'shaky', stream: true, messages: [{ role: 'user', content: secret }] },
    { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
  );
  await response.text();
  const ofCall = (): Span[] => spans().filter(({ traceId }) => traceId === TRACE);
  await until(() => ofCall().some(({ name }) => name === 'chat shaky'));

  const call = ofCall().find(({ name }) => name === 'chat shaky') as Span;
  const [event] = (await harness.events()).slice(-1);
  expect(call).toMatchObject({ parentSpanId: '00f067aa0ba902b7', kind: 2 });
  expect(said(call)).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'shaky',
    'tollgate.team': 'web',
    'tollgate.model': 'claude',
    'tollgate.call.id': event?.callId,
    'tollgate.cost.nano_usd': event?.costNanoUsd,
  });
  const attempts = ofCall().filter(({ parentSpanId }) => parentSpanId === call.spanId);
  expect(attempts.map(({ name }) => name)).toContain('attempt broken');
  expect(attempts.at(-1)).toMatchObject({ name: 'attempt claude', kind: 3 });
  expect(said(attempts[0] as Span)).toMatchObject({ 'tollgate.attempt.outcome': 'server', 'error.type': 'server' });
  for (const { startTimeUnixNano, endTimeUnixNano } of attempts) {
    expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(call.startTimeUnixNano));
    expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
  }
  expect(JSON.stringify(taken)).not.toContain(secret);
});

it('a call that its client does not sample is not traced', async () => {
  await (await harness.chat({}, { traceparent: '00-11111111111111111111111111111111-00f067aa0ba902b7-00' })).text();
  await (await harness.chat({}, { traceparent: '00-22222222222222222222222222222222-00f067aa0ba902b7-01' })).text();
  await until(() => spans().some(({ traceId }) => traceId.startsWith('2222')));
  expect(spans().some(({ traceId }) => traceId.startsWith('1111'))).toBe(false);
});

it('durations and tokens arrive as the metrics of the conventions', async () => {
  await (await harness.chat()).text();
  const metrics = (): string =>
    taken
      .filter(({ path }) => path === '/v1/metrics')
      .map(({ body }) => body)
      .join();
  await until(() => metrics().includes('gen_ai.client.token.usage'));
  expect(metrics()).toContain('gen_ai.client.operation.duration');
  expect(metrics()).toContain('gen_ai.server.time_to_first_token');
});
