import type { ModelPrices } from './prices.js';

/** ModelPrices as JSON can carry them: flat, amounts as decimal strings; a tier's fields are named `above<tokens>.<kind>`. */
export type WirePrices = { readonly version: string } & Readonly<Record<string, string>>;

const KINDS = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'audioInput',
  'audioOutput',
] as const;
const AMOUNTS = [...KINDS, 'perRequest'] as const;

export function pricesToWire(prices: ModelPrices): WirePrices {
  const wire: Record<string, string> & { version: string } = { version: prices.version };
  for (const kind of AMOUNTS) {
    const amount = prices[kind];
    if (amount !== undefined) wire[kind] = amount.toString();
  }
  for (const tier of prices.longContext ?? [])
    for (const kind of KINDS) {
      const amount = tier[kind];
      if (amount !== undefined) wire[`above${tier.aboveInputTokens}.${kind}`] = amount.toString();
    }
  return wire;
}

/** The inverse of `pricesToWire`. Throws RangeError for anything that it did not write. */
export function pricesFromWire(wire: WirePrices): ModelPrices {
  const base: Record<string, bigint> = {};
  const tiers = new Map<number, Record<string, bigint>>();
  for (const [key, text] of Object.entries(wire)) {
    if (key === 'version') continue;
    const amount = amountOf(key, text);
    const [, above, kind] = /^above(\d+)\.(\w+)$/.exec(key) ?? [];
    if (above === undefined || kind === undefined) {
      base[known(AMOUNTS, key)] = amount;
      continue;
    }
    const tier = tiers.get(Number(above)) ?? {};
    tier[known(KINDS, kind)] = amount;
    tiers.set(Number(above), tier);
  }
  const longContext = [...tiers]
    .sort(([a], [b]) => a - b)
    .map(([aboveInputTokens, tier]) => ({ ...withInputAndOutput(tier), aboveInputTokens }));
  return {
    ...withInputAndOutput(base),
    version: wire.version,
    ...(longContext.length > 0 && { longContext }),
  };
}

function withInputAndOutput(amounts: Record<string, bigint>): { input: bigint; output: bigint } {
  const { input, output } = amounts;
  if (input === undefined || output === undefined) throw new RangeError('prices need input and output');
  return { ...amounts, input, output };
}

function known(names: readonly string[], name: string): string {
  if (!names.includes(name)) throw new RangeError(`not a kind of price: ${name}`);
  return name;
}

function amountOf(key: string, text: string): bigint {
  if (!/^\d{1,30}$/.test(text)) throw new RangeError(`not an amount: ${key}`);
  return BigInt(text);
}
