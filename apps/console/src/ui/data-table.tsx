import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { formatCount } from '../format/number';
import { uiTexts } from '../texts/ui';
import { Button } from './button';
import { cx } from './cx';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers end at the right edge, so that their digits stand below each other. */
  readonly align?: 'end';
  /** CSS width; what is left is shared by the columns without. */
  readonly width?: string;
}

/** Where a list goes on: see useList. */
export interface More {
  readonly has: boolean;
  readonly loading: boolean;
  readonly load: () => void;
}

interface DataTableProps<Row> {
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Where a row leads: its first cell becomes the link, and a click anywhere on it follows. */
  readonly linkOf?: (row: Row) => string;
  /** Draws attention to a row, such as one that has just arrived. */
  readonly isMarked?: (row: Row) => boolean;
  readonly more?: More;
  /** Shown instead of an empty table. */
  readonly empty?: ReactNode;
  /** `page`: as high as the window has room; only the rows in sight exist. `content`: as high as its rows. */
  readonly height?: 'page' | 'content';
}

/** As in tokens.css. */
const ROW_PX = 34;
/** When so many rows are left below the window, the next are asked for. */
const AHEAD_ROWS = 15;

/** Rows to be read and compared: dense, with a heading that stays. Up and down move between rows, Enter opens. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, linkOf, isMarked, more, empty, height = 'content' } = props;
  const frame = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const windowed = height === 'page';
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (index) => keyOf(rows[index] as Row),
    enabled: windowed,
  });
  const shown = windowed ? virtual.getVirtualItems() : rows.map((_, index) => ({ index, start: 0, end: 0 }));
  const last = shown.at(-1)?.index ?? 0;
  const wanted = more?.has && !more.loading && windowed && rows.length > 0 && last >= rows.length - AHEAD_ROWS;
  useEffect(() => {
    if (wanted) more?.load();
  }, [wanted, more]);

  if (rows.length === 0 && empty) return <>{empty}</>;
  const before = windowed ? (shown[0]?.start ?? 0) : 0;
  const after = windowed ? virtual.getTotalSize() - (shown.at(-1)?.end ?? 0) : 0;
  return (
    <>
      <div
        ref={frame}
        className={cx(styles['frame'], windowed && styles['windowed'])}
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <table className={styles['table']} aria-rowcount={more?.has ? -1 : rows.length + 1} onKeyDown={moveBetweenRows}>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map(({ id, header, align, width }) => (
                <th key={id} scope="col" className={align && styles[align]} style={width ? { width } : undefined}>
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Space px={before} columns={columns.length} />}
            {shown.map(({ index }) => {
              const row = rows[index] as Row;
              const to = linkOf?.(row);
              return (
                <tr
                  key={keyOf(row)}
                  aria-rowindex={index + 2}
                  className={cx(to !== undefined && styles['leads'], isMarked?.(row) && styles['marked'])}
                  onClick={(event) => to !== undefined && isPlain(event.target) && navigate(to)}
                >
                  {columns.map(({ id, cell, align }, position) => (
                    <td key={id} className={align && styles[align]}>
                      {position === 0 && to !== undefined ? (
                        <Link to={to} className={styles['link']} data-row-link>
                          {cell(row)}
                        </Link>
                      ) : (
                        cell(row)
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
            {after > 0 && <Space px={after} columns={columns.length} />}
          </tbody>
        </table>
      </div>
      {more && (
        <div className={styles['foot']}>
          <span role="status">{more.loading ? uiTexts.loadingMore : uiTexts.allShown(formatCount(rows.length))}</span>
          {more.has && (
            <Button small onClick={more.load} busy={more.loading}>
              {uiTexts.loadMore}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function Space({ px, columns }: { readonly px: number; readonly columns: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  );
}

/** A click that is not already meant for something in the row, and not the end of selecting text. */
function isPlain(target: EventTarget): boolean {
  if (window.getSelection()?.toString()) return false;
  return target instanceof Element && target.closest('a, button, input, [role="menuitem"]') === null;
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
