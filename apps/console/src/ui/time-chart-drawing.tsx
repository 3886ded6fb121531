import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatMoment } from '../format/time';
import { useShownTheme } from '../theme/theme';
import { colorOf, type TimeChartProps } from './time-chart';
import styles from './time-chart.module.css';

const HOUR_SECONDS = 3_600;

interface Tip {
  readonly index: number;
  readonly leftPx: number;
  readonly toTheLeft: boolean;
}

/** The picture of a {@link TimeChart}. Loaded when the first is shown. */
export default function Drawing(props: TimeChartProps & { readonly heightPx: number }) {
  const { at, series, kind, heightPx, format } = props;
  const frame = useRef<HTMLDivElement>(null);
  const theme = useShownTheme();
  const [tip, setTip] = useState<Tip | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: props by their values, not by the object; a theme changes the colours read.
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const plot = new uPlot(optionsOf(props, element.clientWidth, setTip), dataOf(props), element);
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: heightPx }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [at, series, kind, format, heightPx, theme]);

  const moment = tip === null ? undefined : at[tip.index];
  return (
    <div ref={frame} className={styles['drawing']}>
      {tip && moment && (
        <div
          className={styles['tip']}
          style={{ left: tip.leftPx, transform: tip.toTheLeft ? 'translateX(calc(-100% - 12px))' : 'translateX(12px)' }}
        >
          <strong>{formatMoment(moment)}</strong>
          {series.map((each, index) => {
            const value = each.values[tip.index];
            return (
              <div key={each.label} className={styles['tipRow']}>
                <span className={styles['swatch']} style={{ background: `var(${colorOf(each, index)})` }} />
                <span>{each.label}</span>
                <span>{value === null || value === undefined ? '–' : format(value)}</span>
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

/** Bars are stacked by adding up; the tallest is drawn first, and the others over it. */
function dataOf({ at, series, kind }: TimeChartProps): uPlot.AlignedData {
  const seconds = at.map((moment) => moment.getTime() / 1_000);
  if (kind === 'lines') return [seconds, ...series.map(({ values }) => [...values])];
  const sums: number[][] = [];
  for (const { values } of series) {
    const below = sums.at(-1);
    sums.push(seconds.map((_, index) => (below?.[index] ?? 0) + (values[index] ?? 0)));
  }
  return [seconds, ...sums.reverse()];
}

function optionsOf(
  { at, series, kind, format, heightPx }: TimeChartProps & { readonly heightPx: number },
  width: number,
  setTip: (tip: Tip | null) => void,
): uPlot.Options {
  const stepSeconds = ((at[1]?.getTime() ?? 0) - (at[0]?.getTime() ?? 0)) / 1_000 || HOUR_SECONDS;
  const css = getComputedStyle(document.documentElement);
  const color = (name: string): string => css.getPropertyValue(name).trim();
  const font = `11px ${color('--font')}`;
  const axis = {
    stroke: color('--ink-faint'),
    font,
    ticks: { show: false },
    grid: { stroke: color('--line'), width: 1 },
  };
  const drawn = series.map((each, index) => ({ label: each.label, color: color(colorOf(each, index)) }));
  const lines = drawn.map(({ label, color }) => ({
    label,
    stroke: color,
    width: 1.75,
    spanGaps: false,
    // What stands alone between gaps is no line.
    points: { show: true, size: 4, stroke: color, fill: color },
  }));
  const bars = drawn.toReversed().map(({ label, color }) => ({
    label,
    fill: color,
    width: 0,
    points: { show: false },
    ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.72, 40], align: 1 }) }),
  }));
  return {
    width,
    height: heightPx,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    scales: {
      // A bar stands for the interval that begins at its value: the last needs room too.
      x: { range: (_plot, min, max) => [min, kind === 'bars' ? max + stepSeconds : max] },
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.08 : 1] },
    },
    cursor: { y: false, points: { show: kind === 'lines' }, drag: { x: false, y: false } },
    axes: [
      { ...axis, grid: { show: false }, size: 26, values: timeLabels },
      { ...axis, size: 62, values: (_plot, values) => values.map(format), space: 36 },
    ],
    series: [{}, ...(kind === 'lines' ? lines : bars)],
    hooks: {
      setCursor: [
        (plot) => {
          const { idx, left = -1 } = plot.cursor;
          const inside = idx !== null && idx !== undefined && left >= 0;
          const offset = plot.bbox.left / devicePixelRatio;
          setTip(inside ? { index: idx, leftPx: left + offset, toTheLeft: left > plot.width / 2 } : null);
        },
      ],
    },
  };
}

const hours = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The time of day within a day, else the day. */
function timeLabels(_plot: uPlot, seconds: number[]): string[] {
  const step = (seconds[1] ?? 0) - (seconds[0] ?? 0);
  return seconds.map((second) => {
    const moment = new Date(second * 1_000);
    const midnight = moment.getHours() === 0 && moment.getMinutes() === 0;
    return step >= 24 * HOUR_SECONDS || midnight ? days.format(moment) : hours.format(moment);
  });
}
