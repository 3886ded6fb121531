import { describe, expect, test } from 'vitest';
import { chatDialects, type DialectId, foldEvents, type JsonObject, SseParser, type Usage } from '#libs/dialects';
import { cataloguePrices, costOf } from '#libs/metering';
import { hasCorpus, type StreamedRecording, streamedRecordings, wholeRecordings } from './recordings.js';

/*
 * What a call costs, worked out twice from the same recording: by the code that books it, and here, from the vendor's raw
 * counts and published prices, with nothing of ours but the recording.
 */

/** US cents per million tokens as the vendors publish them: input, output, cached input, cache writing (5 minutes, 1 hour). */
interface Published {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly write?: number;
  readonly write1h?: number;
  /** Above this much input, the whole call costs this many hundredths of the above: input kinds, output. */
  readonly above?: readonly [tokens: number, input: number, output: number];
  /** Nano-USD per call, and per web search. */
  readonly perCall?: number;
  readonly perSearch?: number;
}

const claude = (input: number): Published => ({
  input,
  output: input * 5,
  cached: input * 0.1,
  write: input * 1.25,
  write1h: input * 2,
  perSearch: 10_000_000,
});
const gpt5 = (input: number): Published => ({ input, output: input * 8, cached: input / 10 });

/** platform.claude.com/docs/en/about-claude/pricing, openai.com/api/pricing, ai.google.dev/gemini-api/docs/pricing, … */
const PUBLISHED: readonly (readonly [model: RegExp, prices: Published])[] = [
  [/^claude-opus-(4-[67]|5)$/, claude(500)],
  [/^claude-sonnet-4-(5-20250929|20250514)$/, { ...claude(300), above: [200_000, 200, 150] }],
  [/^claude-sonnet-4-6$/, claude(300)],
  [/^claude-sonnet-5$/, claude(200)],
  [/^claude-haiku-4-5-20251001$/, claude(100)],
  [/^gpt-5-nano/, gpt5(5)],
  [/^gpt-5-mini/, gpt5(25)],
  [/^gpt-5(\.1)?(-|$)/, gpt5(125)],
  [/^gpt-5\.[23]/, gpt5(175)],
  [/^gpt-4\.1-nano/, { input: 10, output: 40, cached: 2.5 }],
  [/^gpt-3\.5-turbo-instruct/, { input: 150, output: 200 }],
  [/^gemini-3(\.1)?-pro-preview$/, { input: 200, output: 1200, cached: 20, above: [200_000, 200, 150] }],
  [/^llama-3\.3-70b-versatile$/, { input: 59, output: 79 }],
  [/^magistral-medium-2507$/, { input: 200, output: 500 }],
  [/^mistral-small-latest$/, { input: 10, output: 30 }],
  [/^sonar$/, { input: 100, output: 100, perCall: 12_000_000 }],
  [/^grok-4-fast-(non-)?reasoning$/, { input: 20, output: 50, cached: 5 }],
  [/^grok-code-fast-1$/, { input: 20, output: 150, cached: 2 }],
  [/^grok-3-mini$/, { input: 30, output: 50, cached: 7.5 }],
  [/^deepseek-chat$/, { input: 27, output: 110, cached: 7 }],
  [/^deepseek-reasoner$/, { input: 55, output: 219, cached: 14 }],
];

/** What the vendor counted. */
interface Counted {
  readonly input: number;
  readonly cached: number;
  readonly write: number;
  readonly write1h: number;
  readonly output: number;
  readonly searches: number;
}

const numberIn = (object: unknown, ...path: readonly string[]): number => {
  const found = path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], object);
  return typeof found === 'number' ? found : 0;
};

/** By each vendor's documentation of its usage object. */
function counted(dialect: DialectId, raw: JsonObject): Counted {
  const none = { write: 0, write1h: 0, searches: 0 };
  if (dialect === 'anthropic-messages') {
    // Compaction and advisors run as iterations that the sums leave out.
    const beside = (Array.isArray(raw['iterations']) ? raw['iterations'] : []) as JsonObject[];
    const parts = [raw, ...beside.filter(({ type }) => type !== 'message' && type !== 'fallback_message')];
    const total = (...path: string[]) => parts.reduce((sum, part) => sum + numberIn(part, ...path), 0);
    const write1h = total('cache_creation', 'ephemeral_1h_input_tokens');
    return {
      input: total('input_tokens'),
      cached: total('cache_read_input_tokens'),
      write: total('cache_creation_input_tokens') - write1h,
      write1h,
      output: total('output_tokens'),
      searches: numberIn(raw, 'server_tool_use', 'web_search_requests'),
    };
  }
  if (dialect === 'gemini') {
    const cached = numberIn(raw, 'cachedContentTokenCount');
    const output = numberIn(raw, 'candidatesTokenCount') + numberIn(raw, 'thoughtsTokenCount');
    return { ...none, input: numberIn(raw, 'promptTokenCount') - cached, cached, output };
  }
  const prompt = numberIn(raw, 'prompt_tokens') + numberIn(raw, 'input_tokens');
  const cached =
    numberIn(raw, 'prompt_tokens_details', 'cached_tokens') + numberIn(raw, 'input_tokens_details', 'cached_tokens');
  // The total contains reasoning wherever the vendor counts it: inside of the completion, or, as xAI, beside it.
  return { ...none, input: prompt - cached, cached, output: numberIn(raw, 'total_tokens') - prompt };
}

/** In thousandths of a nano-USD, so that every price above is whole; rounded half up at the end. */
function published(prices: Published, { input, cached, write, write1h, output, searches }: Counted): bigint {
  const [tokens, onInput, onOutput] = prices.above ?? [Number.POSITIVE_INFINITY, 100, 100];
  const isLong = input + cached + write + write1h > tokens;
  const per = (cents: number, percent: number): bigint => BigInt(Math.round(cents * 100 * (isLong ? percent : 100)));
  const thousandths =
    BigInt(input) * per(prices.input, onInput) +
    BigInt(cached) * per(prices.cached ?? prices.input, onInput) +
    BigInt(write) * per(prices.write ?? prices.input, onInput) +
    BigInt(write1h) * per(prices.write1h ?? prices.input, onInput) +
    BigInt(output) * per(prices.output, onOutput);
  return (thousandths + 500n) / 1000n + BigInt(prices.perCall ?? 0) + BigInt(searches * (prices.perSearch ?? 0));
}

interface Used {
  readonly name: string;
  readonly dialect: DialectId;
  readonly model: string;
  readonly usage: Usage;
}

function usedIn(): Used[] {
  const whole = wholeRecordings().flatMap(({ name, dialect, body }) => {
    const { model, usage } = chatDialects[dialect]?.decodeResponse(body, {}) ?? { model: '' };
    return usage ? [{ name, dialect, model, usage }] : [];
  });
  const streamed = streamedRecordings().flatMap((recording) => {
    const { model, usage } = decoded(recording);
    return usage ? [{ name: recording.name, dialect: recording.dialect, model, usage }] : [];
  });
  return [...whole, ...streamed];
}

function decoded({ dialect, events }: StreamedRecording): {
  readonly model: string;
  readonly usage?: Usage | undefined;
} {
  const chat = chatDialects[dialect];
  if (!chat) return { model: '' };
  const decoder = chat.decoder({});
  const parser = new SseParser();
  const wire = events.flatMap((data) => [...parser.push(Buffer.from(`data: ${data}\n\n`))]);
  return foldEvents([...wire.flatMap((event) => decoder.push(event)), ...decoder.finish()]);
}

const PROVIDERS: Readonly<Record<string, string>> = { azure: 'azure-openai', google: 'gemini' };

/** Folder of the recording → our provider. A compatible server's own models have no published price. */
function providerOf(name: string): string {
  const folder = name.split('/')[0] ?? '';
  return name.includes('xai-text') ? 'xai' : (PROVIDERS[folder] ?? folder);
}

describe('the cost that is booked for a recorded answer', () => {
  const used = usedIn();
  const priced = used.flatMap((each) => {
    const prices = PUBLISHED.find(([model]) => model.test(each.model))?.[1];
    return prices ? [{ ...each, prices }] : [];
  });

  test.runIf(hasCorpus)('is checked for most recordings with usage', () => {
    const without = used.filter(({ name }) => !priced.some((each) => each.name === name));
    console.info(
      `costs: ${priced.length} of ${used.length} recordings with usage have a published price; without: ${[
        ...new Set(without.map(({ name, model }) => model || name)),
      ].join(', ')}`,
    );
    expect(priced.length).toBeGreaterThan(60);
  });

  test.each(priced.map((each) => [each.name, each] as const))(
    'is what the vendor’s counts and published prices give, to the nano-dollar: %s',
    (_, { name, dialect, model, usage, prices }) => {
      const ours = cataloguePrices(providerOf(name), model);
      if (!ours) throw new Error(`the catalogue has no price of ${providerOf(name)}/${model}`);
      expect(costOf(usage.tokens, ours, usage)).toBe(published(prices, counted(dialect, usage.raw)));
    },
  );
});
