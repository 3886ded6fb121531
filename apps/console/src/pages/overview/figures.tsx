import type { ReactNode } from 'react';
import { formatUsd, nanoUsd } from '../../format/money';
import { formatCompact, formatMs, formatShare } from '../../format/number';
import { overviewTexts } from '../../texts/overview';
import { Usd } from '../../ui/amounts';
import { Stats } from '../../ui/page';
import { usePerformance, useUsage } from './use-overview';

/** The figures of the chosen time, each with how it changed. */
export function Figures() {
  const speed = usePerformance(null).data?.[0];
  const now = useUsage({}).data?.[0];
  const before = useUsage({ previous: true }).data?.[0];
  const requests = speed?.requests ?? 0;
  return (
    <Stats
      label={overviewTexts.figures}
      stats={[
        {
          label: overviewTexts.calls,
          value: formatCompact(now?.requests ?? 0),
          hint: change(now?.requests, before?.requests),
        },
        {
          label: overviewTexts.errors,
          value: formatCompact(now?.errors ?? 0),
          hint: now && now.requests > 0 ? overviewTexts.ofCalls(formatShare(now.errors / now.requests)) : null,
        },
        { label: overviewTexts.latency, value: msOf(speed?.latencyMsP50), hint: p95Of(speed?.latencyMsP95) },
        { label: overviewTexts.firstToken, value: msOf(speed?.firstTokenMsP50), hint: p95Of(speed?.firstTokenMsP95) },
        {
          label: overviewTexts.tokens,
          value: formatCompact((now?.inputTokens ?? 0) + (now?.outputTokens ?? 0)),
          hint: now && overviewTexts.tokensSplit(formatCompact(now.inputTokens), formatCompact(now.outputTokens)),
        },
        {
          label: overviewTexts.spend,
          value: <Usd amount={now?.costUsd ?? '0'} />,
          hint: change(nanosOf(now?.costUsd), nanosOf(before?.costUsd)),
        },
        {
          label: overviewTexts.cacheHits,
          value: formatShare(requests === 0 ? 0 : (speed?.cacheHits ?? 0) / requests),
          hint: now && overviewTexts.saved(formatUsd(now.savedUsd)),
        },
      ]}
    />
  );
}

const msOf = (ms: number | null | undefined): string => (ms == null ? '–' : formatMs(ms));

const p95Of = (ms: number | null | undefined): string | null => (ms == null ? null : overviewTexts.p95Of(formatMs(ms)));

const nanosOf = (amount: string | undefined): number | undefined =>
  amount === undefined ? undefined : Number(nanoUsd(amount));

/** As a share; nothing where there was nothing before. */
function change(now: number | undefined, before: number | undefined): ReactNode {
  if (now === undefined || !before) return null;
  const share = now / before - 1;
  return overviewTexts.previous(`${share < 0 ? '−' : '+'}${formatShare(Math.abs(share))}`);
}
