import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, api } from '../../api/client';
import { useLiveCalls } from '../../api/live';
import { useAllowed } from '../../session/me';
import { useOrganization } from '../../shell/organization';
import { type Period, type Range, usePeriod } from '../../shell/period';

/** Sums are asked for again at most so often, however much happens. */
const REFRESH_MS = 5_000;

const iso = ({ from, to }: Range) => ({ from: from.toISOString(), to: to.toISOString() });

/** `1h` in minutes, what else fits a chart in hours or days. */
export const chartInterval = ({ name, interval }: Period): 'minute' | 'hour' | 'day' =>
  name === '1h' ? 'minute' : interval;

/** How fast, over time or (interval null) as a whole. */
export function usePerformance(interval: 'minute' | 'hour' | 'day' | null) {
  const organization = useOrganization();
  const period = usePeriod();
  return useQuery({
    queryKey: [organization, 'overview', 'performance', period.key, interval],
    queryFn: async () => {
      const query = { ...iso(period.range()), ...(interval === null ? {} : { interval }) };
      const path = { organization };
      return (
        await answer(api.GET('/api/v1/organizations/{organization}/usage/performance', { params: { path, query } }))
      ).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** What was used: `groupBy` a key, over time, of the period or of the one before it. */
export function useUsage(options: {
  readonly groupBy?: string;
  readonly interval?: 'hour' | 'day';
  readonly previous?: boolean;
}) {
  const organization = useOrganization();
  const period = usePeriod();
  return useQuery({
    queryKey: [organization, 'overview', 'usage', period.key, options],
    queryFn: async () => {
      const range = options.previous ? period.previous() : period.range();
      const { groupBy, interval } = options;
      const query = { ...iso(range), ...(groupBy && { groupBy }), ...(interval && { interval }) };
      const path = { organization };
      return (await answer(api.GET('/api/v1/organizations/{organization}/usage', { params: { path, query } }))).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Asks for the sums again while calls come in: told of them by the server, not by asking. */
export function useRefreshOnCalls(): void {
  const organization = useOrganization();
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const mayListen = useAllowed('requests:read');
  useLiveCalls(organization, mayListen, () => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void queries.invalidateQueries({ queryKey: [organization, 'overview'] });
    }, REFRESH_MS);
  });
}
