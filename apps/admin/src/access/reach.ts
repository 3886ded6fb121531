import { TollgateError } from '#libs/core';

/** A team that a caller's roles reach. */
export interface ReachedTeam {
  readonly id: string;
  readonly slug: string;
  /** Whether it is below a team that a role was given for, and not just such a team itself. */
  readonly below: boolean;
}

/**
 * What of an organization a caller may see or change by one permission: everything, or what belongs to some teams. What is
 * out of reach does not exist for the caller.
 */
export type Reach = 'organization' | readonly ReachedTeam[];

/** The where of what belongs to a team by its `teamId`. */
export function inReach(reach: Reach): { readonly teamId?: { readonly in: string[] } } {
  return reach === 'organization' ? {} : { teamId: { in: idsOf(reach) } };
}

/** The where of the teams themselves. Below AND, so that it does not replace another condition on the id. */
export function teamsInReach(reach: Reach): { readonly AND?: { readonly id: { readonly in: string[] } } } {
  return reach === 'organization' ? {} : { AND: { id: { in: idsOf(reach) } } };
}

/** Slugs of the teams in reach, for what names its team by slug; undefined when there is no limit. */
export function slugsInReach(reach: Reach): readonly string[] | undefined {
  return reach === 'organization' ? undefined : reach.map(({ slug }) => slug);
}

/**
 * Throws permission_denied for a team that a caller sees but whose place is not theirs to decide: the team that their role
 * was given for, whose name, cost centre and limits are set from above.
 */
export function requireBelow(reach: Reach, teamId: string | null): void {
  if (reach === 'organization' || reach.some((team) => team.id === teamId && team.below)) return;
  throw new TollgateError('permission_denied', 'Your role only lets you change this in teams below your own.');
}

function idsOf(teams: readonly ReachedTeam[]): string[] {
  return teams.map(({ id }) => id);
}
