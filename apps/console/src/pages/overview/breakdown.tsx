import { useSearchParams } from 'react-router';
import { nanoUsd } from '../../format/money';
import { formatCompact, formatShare } from '../../format/number';
import { overviewTexts } from '../../texts/overview';
import { Usd } from '../../ui/amounts';
import { Answer } from '../../ui/answer';
import { DataTable } from '../../ui/data-table';
import { Section } from '../../ui/page';
import { Select } from '../../ui/select';
import { Empty } from '../../ui/states';
import styles from './overview.module.css';
import { useUsage } from './use-overview';

type Key = keyof typeof overviewTexts.keys;
const OPTIONS = (Object.keys(overviewTexts.keys) as Key[]).map((value) => ({
  value,
  label: overviewTexts.keys[value],
}));
const ROWS_MAX = 8;
const { columns } = overviewTexts;

/** Who or what it was, the dearest first. */
export function Breakdown() {
  const [search, setSearch] = useSearchParams();
  const by = OPTIONS.find(({ value }) => value === search.get('by'))?.value ?? 'service';
  const query = useUsage({ groupBy: by });
  const choose = (value: Key): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.set('by', value);
      return next;
    });
  const select = (
    <div className={styles['by']}>
      <Select label={overviewTexts.by} options={OPTIONS} value={by} onChange={choose} />
    </div>
  );
  return (
    <Section title={overviewTexts.breakdown} actions={select} flush>
      <Answer of={query}>
        {(rows) => (
          <DataTable
            label={overviewTexts.breakdown}
            rows={rows.toSorted((a, b) => Number(nanoUsd(b.costUsd) - nanoUsd(a.costUsd))).slice(0, ROWS_MAX)}
            keyOf={(row) => String(nameOf(row, by))}
            empty={<Empty title={overviewTexts.noneYet} />}
            columns={[
              { id: 'name', header: columns.name, cell: (row) => nameOf(row, by) ?? overviewTexts.none },
              { id: 'calls', header: columns.calls, align: 'end', cell: ({ requests }) => formatCompact(requests) },
              {
                id: 'errors',
                header: columns.errors,
                align: 'end',
                cell: ({ requests, errors }) => (errors === 0 ? '–' : formatShare(errors / requests)),
              },
              {
                id: 'tokens',
                header: columns.tokens,
                align: 'end',
                cell: ({ inputTokens, outputTokens }) => formatCompact(inputTokens + outputTokens),
              },
              { id: 'spend', header: columns.spend, align: 'end', cell: ({ costUsd }) => <Usd amount={costUsd} /> },
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}

/** Rows carry the group's value under the name of its key, which the API's description cannot type. */
function nameOf(row: object, key: Key): string | null {
  const value = (row as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' ? value : null;
}
