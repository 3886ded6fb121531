const NANO_DIGITS = 9;
const NANO = 10n ** BigInt(NANO_DIGITS);

/** Decimal USD of the API (`"12.5"`) as an integer count of nano-USD, exactly. Throws RangeError for anything else. */
export function nanoUsd(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(decimal);
  if (!match) throw new RangeError(`not an amount: ${decimal}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const nanos = BigInt(whole) * NANO + BigInt(fraction.padEnd(NANO_DIGITS, '0'));
  return sign === '-' ? -nanos : nanos;
}

/** Sum of decimal amounts, in nano-USD. */
export function sumUsd(amounts: Iterable<string>): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += nanoUsd(amount);
  return sum;
}

/**
 * An amount for people: cents from a dollar up, below that as many digits as show its size (`$0.0042`), rounded half away
 * from zero. What is too small for six digits is `<$0.000001`.
 */
export function formatUsd(amount: string | bigint): string {
  const nanos = typeof amount === 'bigint' ? amount : nanoUsd(amount);
  const size = nanos < 0n ? -nanos : nanos;
  const sign = nanos < 0n ? '−' : '';
  if (size === 0n) return '$0.00';
  if (size < 1_000n) return `${sign === '' ? '<' : '>−'}$0.000001`;
  return `${sign}$${grouped(size, digitsFor(size))}`;
}

/** Every digit that there is, at least cents: for what is booked and compared. */
export function exactUsd(amount: string | bigint): string {
  const nanos = typeof amount === 'bigint' ? amount : nanoUsd(amount);
  const size = nanos < 0n ? -nanos : nanos;
  const fraction = String(size % NANO)
    .padStart(NANO_DIGITS, '0')
    .replace(/0{1,7}$/, '');
  return `${nanos < 0n ? '−' : ''}$${(size / NANO).toLocaleString('en-US')}.${fraction}`;
}

/** For the height of a bar or line only: a picture needs no more than a double has. */
export function usdForDrawing(amount: string): number {
  return Number(nanoUsd(amount)) / Number(NANO);
}

/** 2 digits from ten cents up, else so many that two of them are not zero, at most 6. */
function digitsFor(size: bigint): number {
  if (size >= NANO / 10n) return 2;
  if (size >= NANO / 100n) return 3;
  if (size >= NANO / 1_000n) return 4;
  if (size >= NANO / 10_000n) return 5;
  return 6;
}

function grouped(size: bigint, digits: number): string {
  const unit = 10n ** BigInt(NANO_DIGITS - digits);
  const rounded = (size + unit / 2n) / unit;
  const scale = 10n ** BigInt(digits);
  return `${(rounded / scale).toLocaleString('en-US')}.${String(rounded % scale).padStart(digits, '0')}`;
}
