import type { ModelPrices, TokenPrices } from './prices.js';
import { SERVICE_TIERS } from './prices.js';

/**
 * ModelPrices as JSON can carry them: flat, amounts as decimal strings. The fields of a tier by context length are named
 * `above<tokens>.<kind>`, those of a service tier `<tier>.<kind>`, a tool's price `tool.<name>`.
 */
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
  for (const tier of prices.longContext ?? []) writeTier(wire, `above${tier.aboveInputTokens}`, tier);
  for (const [name, tier] of Object.entries(prices.serviceTiers ?? {})) writeTier(wire, name, tier);
  for (const [tool, amount] of Object.entries(prices.perTool ?? {})) wire[`tool.${tool}`] = amount.toString();
  return wire;
}

function writeTier(wire: Record<string, string>, name: string, tier: TokenPrices): void {
  for (const kind of KINDS) {
    const amount = tier[kind];
    if (amount !== undefined) wire[`${name}.${kind}`] = amount.toString();
  }
}

/** The inverse of `pricesToWire`. Throws RangeError for anything that it did not write. */
export function pricesFromWire(wire: WirePrices): ModelPrices {
  const base: Record<string, bigint> = {};
  const perTool: Record<string, bigint> = {};
  const tiers = new Map<string, Record<string, bigint>>();
  for (const [key, text] of Object.entries(wire)) {
    if (key === 'version') continue;
    const amount = amountOf(key, text);
    const [, name, rest] = /^(above\d+|[a-z]+)\.(.+)$/.exec(key) ?? [];
    if (name === undefined || rest === undefined) base[known(AMOUNTS, key)] = amount;
    else if (name === 'tool') perTool[rest] = amount;
    else tiers.set(name, { ...tiers.get(name), [known(KINDS, rest)]: amount });
  }
  return {
    ...withInputAndOutput(base),
    version: wire.version,
    ...longContextOf(tiers),
    ...serviceTiersOf(tiers),
    ...(Object.keys(perTool).length > 0 && { perTool }),
  };
}

type Tiers = ReadonlyMap<string, Record<string, bigint>>;

function longContextOf(tiers: Tiers): Pick<ModelPrices, 'longContext'> {
  const longContext = [...tiers]
    .filter(([name]) => name.startsWith('above'))
    .map(([name, tier]) => ({ ...withInputAndOutput(tier), aboveInputTokens: Number(name.slice('above'.length)) }))
    .sort((a, b) => a.aboveInputTokens - b.aboveInputTokens);
  return longContext.length === 0 ? {} : { longContext };
}

function serviceTiersOf(tiers: Tiers): Pick<ModelPrices, 'serviceTiers'> {
  const entries = [...tiers]
    .filter(([name]) => !name.startsWith('above'))
    .map(([name, tier]) => [known(SERVICE_TIERS, name), withInputAndOutput(tier)] as const);
  return entries.length === 0 ? {} : { serviceTiers: Object.fromEntries(entries) };
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
