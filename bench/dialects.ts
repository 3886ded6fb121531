import {
  type ChatDialect,
  type ChatRequest,
  chatDialects,
  type DialectId,
  eventsOf,
  type JsonObject,
  type Reply,
  SseParser,
} from '#libs/dialects';

/**
 * CPU per request and per streamed event: passed through, and translated between each pair of dialects. One process, one core,
 * no network; the answer is a thousand words, a word an event. Run alone: `node dist/bench/dialects.js`.
 */
const WORDS = 1000;
const REPEATS = 40;

const request: JsonObject = {
  model: 'assistant',
  stream: true,
  stream_options: { include_usage: true },
  temperature: 0.2,
  max_tokens: 500,
  messages: [
    { role: 'system', content: 'You are a careful assistant. '.repeat(20) },
    ...Array.from({ length: 6 }, (_, turn) => ({
      role: turn % 2 === 0 ? 'user' : 'assistant',
      content: 'What does the report say about the third quarter? '.repeat(4),
    })),
    { role: 'user', content: 'Go on.' },
  ],
  tools: [
    { type: 'function', function: { name: 'lookup', description: 'Looks it up', parameters: { type: 'object' } } },
  ],
};
const text = JSON.stringify(request);
const target = { upstreamModel: 'upstream-model', maxOutputTokens: 4096, provider: 'openai' };

/** Median microseconds of CPU that `run` takes for each of its `units` of work: the process's own time, whoever else is running. */
function micros(units: number, run: () => void): number {
  const times = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / units;
  });
  return times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN;
}

const dialects = Object.values(chatDialects).filter(({ id }) => id !== 'bedrock-converse');
const byId = (id: DialectId): ChatDialect => chatDialects[id] as ChatDialect;
const asked: ChatRequest = byId('openai-chat').decodeRequest(request, {});
const reply = (surface: ChatDialect): Reply => ({
  callId: '019012ab-0000-7000-8000-000000000001',
  createdSec: 1_700_000_000,
  model: 'assistant',
  request: { ...asked, dialect: surface.id, streamUsage: true },
});

/** One answer in a dialect's own stream, a chunk of bytes per event, as a provider sends it. */
function wireOf(dialect: ChatDialect): Buffer[] {
  const encoder = dialect.encoder(reply(dialect));
  const [start, open, , ...end] = eventsOf({
    id: 'x',
    model: 'm',
    choices: [{ index: 0, parts: [{ type: 'text', text: 'w' }], finish: { reason: 'stop', raw: null } }],
  });
  const words = Array.from({ length: WORDS }, (_, at) => ({
    type: 'part-delta' as const,
    choice: 0,
    part: 0,
    delta: { kind: 'text' as const, text: ` word${at}` },
  }));
  const events = [start, open, ...words, ...end].flatMap((event) => (event ? [event] : []));
  return events
    .map((event) => encoder.push(event))
    .filter((sse) => sse !== '')
    .map((sse) => Buffer.from(sse));
}

function passed(dialect: ChatDialect, wire: readonly Buffer[]): void {
  const parser = new SseParser();
  const { meter } = dialect.passThrough(text, request, target);
  for (const chunk of wire) for (const event of parser.push(chunk)) meter.push(event);
}

function translated(from: ChatDialect, to: ChatDialect, wire: readonly Buffer[]): void {
  const parser = new SseParser();
  const decoder = from.decoder({});
  const encoder = to.encoder(reply(to));
  for (const chunk of wire) {
    for (const event of parser.push(chunk)) for (const step of decoder.push(event)) encoder.push(step);
  }
}

const cell = (value: number): string => value.toFixed(2).padStart(20);
const row = (name: string, values: readonly number[]): void => console.log(name.padEnd(20), ...values.map(cell));
const head = (title: string): void =>
  console.log(`\n${title}\n${''.padEnd(20)}`, ...dialects.map(({ id }) => id.padStart(20)));

const wires = new Map(dialects.map((dialect) => [dialect.id, wireOf(dialect)]));
const wireFor = (dialect: ChatDialect): readonly Buffer[] => wires.get(dialect.id) ?? [];

head(
  `µs per streamed event (of about ${Math.round((wireFor(byId('openai-chat')).at(5) ?? Buffer.alloc(0)).length)} bytes)`,
);
row(
  'parsed only',
  dialects.map((dialect) =>
    micros(wireFor(dialect).length, () => {
      const parser = new SseParser();
      for (const chunk of wireFor(dialect)) parser.push(chunk);
    }),
  ),
);
row(
  'passed through',
  dialects.map((dialect) => micros(wireFor(dialect).length, () => passed(dialect, wireFor(dialect)))),
);
for (const from of dialects) {
  row(
    `${from.id} →`,
    dialects.map((to) => micros(wireFor(from).length, () => translated(from, to, wireFor(from)))),
  );
}

head(`µs per request (${text.length} bytes of openai-chat)`);
const many = (run: () => unknown) =>
  micros(100, () => {
    for (let time = 0; time < 100; time += 1) run();
  });
row(
  'decoded, encoded as',
  dialects.map((to) => many(() => to.encodeRequest(byId('openai-chat').decodeRequest(request, {}), target))),
);
row('JSON.parse', [many(() => JSON.parse(text))]);
row('passed through', [many(() => byId('openai-chat').passThrough(text, request, target))]);
