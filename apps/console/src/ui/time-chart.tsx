import { ChartColumn, Table2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { formatMoment } from '../format/time';
import { uiTexts } from '../texts/ui';
import { IconButton } from './button';
import { DataTable } from './data-table';
import styles from './time-chart.module.css';

const Drawing = lazy(() => import('./time-chart-drawing'));

export interface Series {
  readonly label: string;
  /** One for each of `at`; null where there is none. */
  readonly values: readonly (number | null)[];
  /** `--series-3` or another colour of the tokens. Default: by its place. */
  readonly color?: string;
}

export interface TimeChartProps {
  /** What it shows, with its unit. */
  readonly label: string;
  /** Beginnings of the intervals, ascending. */
  readonly at: readonly Date[];
  readonly series: readonly Series[];
  /** `bars` are stacked: the series are parts of one sum. */
  readonly kind: 'lines' | 'bars';
  readonly format: (value: number) => string;
  readonly heightPx?: number;
}

/** Figures over time as a picture, or, for whoever does not see pictures or wants the digits, as a table. */
export function TimeChart(props: TimeChartProps) {
  const [asTable, setAsTable] = useState(false);
  const { label, at, heightPx = 200 } = props;
  return (
    <figure className={styles['figure']} aria-label={label}>
      <div className={styles['head']}>
        <Legend {...props} />
        <IconButton
          small
          label={`${asTable ? uiTexts.asChart : uiTexts.asTable}: ${label}`}
          icon={asTable ? ChartColumn : Table2}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {at.length === 0 ? (
        <p className={styles['none']} style={{ height: heightPx }}>
          {uiTexts.noData}
        </p>
      ) : asTable ? (
        <div className={styles['rows']}>
          <SeriesTable {...props} />
        </div>
      ) : (
        <Suspense fallback={<div style={{ height: heightPx }} />}>
          <div aria-hidden style={{ height: heightPx }}>
            <Drawing {...props} heightPx={heightPx} />
          </div>
        </Suspense>
      )}
    </figure>
  );
}

export const colorOf = (series: Series, index: number): string => series.color ?? `--series-${(index % 8) + 1}`;

function Legend({ series }: TimeChartProps): ReactNode {
  return (
    <ul className={styles['legend']}>
      {series.map((each, index) => (
        <li key={each.label}>
          <span className={styles['swatch']} style={{ background: `var(${colorOf(each, index)})` }} aria-hidden />
          {each.label}
        </li>
      ))}
    </ul>
  );
}

function SeriesTable({ label, at, series, format }: TimeChartProps) {
  const rows = at.map((moment, index) => ({ moment, index }));
  return (
    <DataTable
      label={label}
      rows={rows}
      keyOf={({ moment }) => moment.toISOString()}
      columns={[
        { id: 'at', header: uiTexts.at, cell: ({ moment }) => formatMoment(moment) },
        ...series.map(({ label, values }) => ({
          id: label,
          header: label,
          align: 'end' as const,
          cell: ({ index }: { readonly index: number }) => {
            const value = values[index];
            return value === null || value === undefined ? '–' : format(value);
          },
        })),
      ]}
    />
  );
}
