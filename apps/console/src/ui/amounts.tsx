import { exactUsd, formatUsd } from '../format/money';
import { formatAgo, formatFull, formatMoment } from '../format/time';

/** An amount, rounded for reading; every digit of it on hover. */
export function Usd({ amount }: { readonly amount: string | bigint }) {
  return <span title={exactUsd(amount)}>{formatUsd(amount)}</span>;
}

/** A moment as the clock says it, with the time zone on hover. */
export function Moment({ at }: { readonly at: string | Date }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFull(at)}>
      {formatMoment(at)}
    </time>
  );
}

/** How long ago; the moment itself on hover. */
export function Ago({ at }: { readonly at: string | Date }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFull(at)}>
      {formatAgo(at)}
    </time>
  );
}
