import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Schema } from '#libs/admin-api';
import { answer, api } from '../api/client';

export type Me = Schema<'MeAnswer'>;
/** `budgets:write`: see docs/guides/roles.md. */
export type Permission = Me['permissions'][number]['permission'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answer(api.GET('/api/v1/me')),
  staleTime: 60_000,
});

/** Who is signed in. Suspends until it is known. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/**
 * Whether to offer something: that the person has the permission at all, or, given a team's id, that it reaches there. The
 * API decides again; teams below a team are its to judge, so a permission that was given for any team counts here as held.
 */
export function useAllowed(permission: Permission): boolean {
  return allows(useMe(), permission);
}

export function allows(me: Me, permission: Permission): boolean {
  return me.permissions.some((held) => held.permission === permission);
}

/** Whether the permission counts in the whole organization, not just in some teams. */
export function allowsEverywhere(me: Me, permission: Permission): boolean {
  return me.permissions.some((held) => held.permission === permission && held.teams === null);
}

/** True while it is being asked again who is signed in. */
export function useMeIsKnown(): boolean {
  return useQuery(meQuery).isSuccess;
}
