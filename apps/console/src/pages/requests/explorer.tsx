import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { answer, api } from '../../api/client';
import { useLiveCalls } from '../../api/live';
import { useList } from '../../api/use-list';
import { useOrganization, usePathTo } from '../../shell/organization';
import { usePeriod } from '../../shell/period';
import { PeriodPicker } from '../../shell/period-picker';
import { requestsTexts } from '../../texts/requests';
import { pageTitles } from '../../texts/shell';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Page, Section } from '../../ui/page';
import { Empty, Failed, Loading } from '../../ui/states';
import { callColumns } from './columns';
import { FilterBar } from './filter-bar';
import { useFilters } from './filters';

const PAGE_ROWS = 100;

/** The log of calls. New ones are counted and shown when asked for: rows must not move under the pointer. */
export function Explorer() {
  const organization = useOrganization();
  const to = usePathTo();
  const period = usePeriod();
  const { filters, q } = useFilters();
  const queries = useQueryClient();
  const [fresh, setFresh] = useState(0);
  const key = useDeferredValue([organization, 'requests', period.key, filters, q] as const);
  const { query, rows, more } = useList(key, (cursor, signal) => {
    const { from, to } = period.range();
    const asked = {
      limit: PAGE_ROWS,
      from: from.toISOString(),
      // A span up to now stays open, so that what has just happened is there.
      ...(period.name === 'custom' || period.name === 'last-month' ? { to: to.toISOString() } : {}),
      ...Object.fromEntries(filters.map(({ name, value }) => [name, value])),
      ...(q === '' ? {} : { q }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    return answer(
      api.GET('/api/v1/organizations/{organization}/requests', {
        params: { path: { organization }, query: asked },
        signal,
      }),
    );
  });
  useLiveCalls(organization, true, ({ requests }) => setFresh((before) => before + requests));
  const show = (): void => {
    setFresh(0);
    void queries.resetQueries({ queryKey: key });
  };
  return (
    <Page
      title={pageTitles.requests}
      about={requestsTexts.about}
      actions={
        <>
          {fresh > 0 && (
            <Button icon={RefreshCw} onClick={show}>
              {requestsTexts.newOnes(fresh)}
            </Button>
          )}
          <PeriodPicker />
        </>
      }
    >
      <Section title={requestsTexts.label} toolbar={<FilterBar />} flush>
        {query.error && rows.length === 0 ? (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Loading lines={12} />
        ) : (
          <DataTable
            label={requestsTexts.label}
            height="page"
            columns={callColumns}
            rows={rows}
            keyOf={({ id }) => id}
            linkOf={({ id }) => to('requests', id)}
            more={more}
            empty={
              <Empty title={requestsTexts.empty}>
                <p>{requestsTexts.emptyDetail}</p>
              </Empty>
            }
          />
        )}
      </Section>
    </Page>
  );
}
