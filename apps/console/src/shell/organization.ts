import { queryOptions, useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { answer, api } from '../api/client';
import { keepPeriod } from './period';

const LAST = 'tollgate.organization';

/** Slug of the organization that the page is about: it is in the path. */
export function useOrganization(): string {
  const { organization } = useParams();
  if (organization === undefined) throw new Error('this page is below no organization');
  return organization;
}

/** Paths below the organization, with the period kept: `to('requests', id)`. */
export function usePathTo(): (...segments: readonly string[]) => string {
  const organization = useOrganization();
  const [search] = useSearchParams();
  return (...segments) => `/o/${[organization, ...segments].map(encodeURIComponent).join('/')}${keepPeriod(search)}`;
}

/** Members see their own, operators all. */
export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: async () => (await answer(api.GET('/api/v1/organizations', { params: { query: { limit: 200 } } }))).data,
  staleTime: 60_000,
});

export function useOrganizations() {
  return useQuery(organizationsQuery);
}

export const lastOrganization = {
  get: (): string | null => window.localStorage.getItem(LAST),
  set: (slug: string): void => window.localStorage.setItem(LAST, slug),
};
