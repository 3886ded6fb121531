import { useMemo } from 'react';
import { usdForDrawing } from '../../format/money';
import { formatCompact, formatMs } from '../../format/number';
import { usePeriod } from '../../shell/period';
import { overviewTexts } from '../../texts/overview';
import { Answer } from '../../ui/answer';
import { Section } from '../../ui/page';
import { TimeChart, type TimeChartProps } from '../../ui/time-chart';
import { everyInterval } from './every-interval';
import { chartInterval, usePerformance, useUsage } from './use-overview';

/** Drawn anew only when the figures change, not whenever the page does. */
function Chart({ make }: { readonly make: () => TimeChartProps }) {
  return <TimeChart {...useMemo(make, [make])} />;
}

export function CallsChart() {
  const query = usePerformance(chartInterval(usePeriod()));
  return (
    <Section title={overviewTexts.callsChart}>
      <Answer of={query}>{(rows) => <Calls rows={rows} />}</Answer>
    </Section>
  );
}

type Row = NonNullable<ReturnType<typeof usePerformance>['data']>[number];
interface RowsProps {
  readonly rows: readonly Row[];
}

function Calls({ rows }: RowsProps) {
  const period = usePeriod();
  const interval = chartInterval(period);
  const make = useMemo(
    () => (): TimeChartProps => {
      const all = everyInterval(rows, interval, period.range());
      return {
        label: overviewTexts.callsChart,
        kind: 'bars',
        at: all.map(({ at }) => at),
        format: formatCompact,
        series: [
          {
            label: overviewTexts.answered,
            values: all.map(({ row }) => (row === null ? 0 : row.requests - row.errors)),
            color: '--series-1',
          },
          { label: overviewTexts.failed, values: all.map(({ row }) => row?.errors ?? 0), color: '--series-3' },
        ],
      };
    },
    [rows, interval, period],
  );
  return <Chart make={make} />;
}

export function SpeedChart() {
  const query = usePerformance(chartInterval(usePeriod()));
  return (
    <Section title={overviewTexts.speedChart}>
      <Answer of={query}>{(rows) => <Speed rows={rows} />}</Answer>
    </Section>
  );
}

function Speed({ rows }: RowsProps) {
  const period = usePeriod();
  const interval = chartInterval(period);
  const make = useMemo(
    () => (): TimeChartProps => {
      const all = everyInterval(rows, interval, period.range());
      return {
        label: overviewTexts.speedChart,
        kind: 'lines',
        at: all.map(({ at }) => at),
        format: formatMs,
        series: [
          { label: overviewTexts.p50, values: all.map(({ row }) => row?.latencyMsP50 ?? null) },
          { label: overviewTexts.p95, values: all.map(({ row }) => row?.latencyMsP95 ?? null) },
          { label: overviewTexts.firstTokenP95, values: all.map(({ row }) => row?.firstTokenMsP95 ?? null) },
        ],
      };
    },
    [rows, interval, period],
  );
  return <Chart make={make} />;
}

export function SpendChart() {
  const { interval } = usePeriod();
  const query = useUsage({ interval });
  return (
    <Section title={overviewTexts.spendChart}>
      <Answer of={query}>{(rows) => <Spend rows={rows} />}</Answer>
    </Section>
  );
}

type UsageRows = NonNullable<ReturnType<typeof useUsage>['data']>;

function Spend({ rows }: { readonly rows: UsageRows }) {
  const period = usePeriod();
  const { interval } = period;
  const make = useMemo(
    () => (): TimeChartProps => {
      const all = everyInterval(rows, interval, period.range());
      return {
        label: overviewTexts.spendChart,
        kind: 'bars',
        at: all.map(({ at }) => at),
        format: (usd) => `$${usd < 1 ? Number(usd.toPrecision(2)) : formatCompact(usd)}`,
        series: [
          {
            label: overviewTexts.spendSeries,
            values: all.map(({ row }) => (row === null ? 0 : usdForDrawing(row.costUsd))),
            color: '--series-2',
          },
        ],
      };
    },
    [rows, interval, period],
  );
  return <Chart make={make} />;
}
