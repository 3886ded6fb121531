import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { type LiveBatch, useLiveCalls } from '../../api/live';
import { useOrganization, usePathTo } from '../../shell/organization';
import { overviewTexts } from '../../texts/overview';
import { Answer } from '../../ui/answer';
import { LinkButton } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Section } from '../../ui/page';
import { Empty } from '../../ui/states';
import { type CallRow, callColumns } from '../requests/columns';

const ROWS = 10;

/** The last calls, each as it is settled. */
export function NewestCalls() {
  const organization = useOrganization();
  const to = usePathTo();
  const queries = useQueryClient();
  const queryKey = [organization, 'newest-calls'];
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const query = useQuery({
    queryKey,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<readonly CallRow[]> => {
      const params = { path: { organization }, query: { limit: ROWS } };
      return (await answer(api.GET('/api/v1/organizations/{organization}/requests', { params }))).data;
    },
  });
  useLiveCalls(organization, true, ({ newest }: LiveBatch) => {
    setArrived(new Set(newest.map(({ id }) => id)));
    queries.setQueryData<readonly CallRow[]>(queryKey, (before = []) => {
      const known = new Set(newest.map(({ id }) => id));
      return [...newest, ...before.filter(({ id }) => !known.has(id))].slice(0, ROWS);
    });
  });
  return (
    <Section
      title={overviewTexts.live}
      actions={
        <LinkButton small to={to('requests')}>
          {overviewTexts.liveAll}
        </LinkButton>
      }
      flush
    >
      <Answer of={query}>
        {(rows) => (
          <DataTable
            label={overviewTexts.live}
            columns={callColumns}
            rows={rows}
            keyOf={({ id }) => id}
            linkOf={({ id }) => to('requests', id)}
            isMarked={({ id }) => arrived.has(id)}
            empty={<Empty title={overviewTexts.noneYet} />}
          />
        )}
      </Answer>
    </Section>
  );
}
