const SHARES_MAX = 10;
const SHARE_MAX = 10;

/** Says what is wrong with shares of an amount (0.001–10, in thousandths); undefined when nothing is. */
export function sharesFlaw(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > SHARES_MAX) return `must be a list of at most ${SHARES_MAX} shares`;
  return value.every((share) => typeof share === 'number' && isShare(share)) && new Set(value).size === value.length
    ? undefined
    : `must be different numbers from 0.001 to ${SHARE_MAX} with at most three decimals`;
}

/** Says what is wrong with the name of a timezone; undefined when nothing is. */
export function timezoneFlaw(value: unknown): string | undefined {
  const flaw = 'must be an IANA timezone such as Europe/Berlin';
  if (typeof value !== 'string' || !/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return flaw;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return undefined;
  } catch {
    return flaw;
  }
}

export function toThousandths(share: number): number {
  return Math.round(share * 1000);
}

function isShare(share: number): boolean {
  return share > 0 && share <= SHARE_MAX && toThousandths(share) / 1000 === share;
}
