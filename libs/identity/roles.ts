/** What a member can be in an organization. Above all of them is the platform's operator, who may do everything. */
export const ROLES = ['owner', 'admin', 'team-admin', 'finance', 'auditor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The roles that can also be given for one team and the teams below it. */
export const TEAM_ROLES = ['team-admin', 'finance', 'auditor', 'viewer'] as const satisfies readonly Role[];

export interface PermissionRule {
  /** What it allows, as the documentation says it. */
  readonly about: string;
  /** Who has it. Nobody: it is the operator's alone. */
  readonly roles: readonly Role[];
  /**
   * What it is good for when the role was given for a team only: `nothing`, because it is about the organization as a
   * whole; `its own`, what belongs to that team and those below; `all`, because everyone there uses the same.
   */
  readonly inTeam: 'nothing' | 'its own' | 'all';
}

const rule = (about: string, inTeam: PermissionRule['inTeam'], ...roles: readonly Role[]): PermissionRule => ({
  about,
  inTeam,
  roles,
});

/**
 * Who may do what: the one place that says it. The admin API's guard, its OpenAPI document and docs/guides/roles.md all
 * come from here. A permission is `<resource>:<read or write>`, the resource being the first segment of its path; the few
 * others are asked for by name.
 */
export const PERMISSIONS = {
  'organizations:read': rule('See the organization', 'all', ...ROLES),
  'organizations:write': rule('Rename the organization', 'nothing', 'owner'),
  'organizations:found': rule('Create and delete organizations', 'nothing'),
  'members:read': rule('See members', 'nothing', 'owner', 'admin', 'auditor'),
  'members:write': rule('Add and remove members, give one-time passwords', 'nothing', 'owner', 'admin'),
  'role-bindings:read': rule('See who has which role', 'nothing', 'owner', 'admin', 'auditor'),
  'role-bindings:write': rule('Give and take roles', 'nothing', 'owner', 'admin'),
  'owners:write': rule('Give and take the role owner, change members who have it', 'nothing', 'owner'),
  'identity-providers:read': rule('See which identity providers are trusted', 'nothing', 'owner', 'admin', 'auditor'),
  'identity-providers:write': rule('Trust identity providers', 'nothing', 'owner'),
  'teams:read': rule('See teams', 'its own', ...ROLES),
  'teams:write': rule('Create, change and delete teams', 'its own', 'owner', 'admin', 'team-admin'),
  'services:read': rule('See services, their credentials and keys', 'its own', ...ROLES),
  'services:write': rule(
    'Create, change and end services, their credentials and keys',
    'its own',
    'owner',
    'admin',
    'team-admin',
  ),
  'provider-credentials:read': rule('See provider credentials', 'nothing', 'owner', 'admin', 'auditor'),
  'provider-credentials:write': rule('Add, change, test and delete provider credentials', 'nothing', 'owner', 'admin'),
  'models:read': rule('See models and prices', 'all', ...ROLES),
  'models:write': rule('Create, change and delete models', 'nothing', 'owner', 'admin'),
  'routes:read': rule('See routes', 'all', ...ROLES),
  'routes:write': rule('Create, change and delete routes', 'nothing', 'owner', 'admin'),
  'cache:read': rule('See what was invalidated in the cache', 'nothing', 'owner', 'admin', 'auditor'),
  'cache:write': rule('Invalidate cached answers', 'nothing', 'owner', 'admin'),
  'rate-limits:read': rule('See rate limits', 'its own', ...ROLES),
  'rate-limits:write': rule('Set rate limits', 'its own', 'owner', 'admin', 'team-admin'),
  'budgets:read': rule('See budgets', 'its own', ...ROLES),
  'budgets:write': rule('Set budgets', 'its own', 'owner', 'admin', 'team-admin', 'finance'),
  'guardrails:read': rule('See and try guardrails', 'nothing', 'owner', 'admin', 'team-admin', 'auditor', 'viewer'),
  'guardrails:write': rule('Create, change and delete guardrails', 'nothing', 'owner', 'admin'),
  'requests:read': rule('See the log of calls', 'its own', 'owner', 'admin', 'team-admin', 'auditor', 'viewer'),
  'usage:read': rule('See usage and cost', 'its own', ...ROLES),
  'chargeback:read': rule('See statements', 'nothing', 'owner', 'admin', 'finance', 'auditor'),
  'chargeback:write': rule('Close statements, enter adjustments, reconcile', 'nothing', 'owner', 'finance'),
  'exports:read': rule('Download exports', 'nothing', 'owner', 'admin', 'finance', 'auditor'),
  'exports:write': rule('Order exports', 'nothing', 'owner', 'admin', 'finance', 'auditor'),
  'audit-events:read': rule('See and verify the audit trail', 'nothing', 'owner', 'admin', 'auditor'),
  'webhooks:read': rule('See webhooks', 'nothing', 'owner', 'admin', 'auditor'),
  'webhooks:write': rule('Create, change and delete webhooks', 'nothing', 'owner', 'admin'),
  'settings:read': rule('See settings', 'nothing', 'owner', 'admin', 'auditor'),
  'settings:write': rule('Change retention, body logging and other settings', 'nothing', 'owner', 'admin'),
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof PERMISSIONS;

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}

/** A role as a member holds it. */
export interface HeldRole {
  readonly role: Role;
  /** The team it was given for; null for the whole organization. */
  readonly teamId: string | null;
}

/** How far a permission goes: in the whole organization, or in these teams and those below them. */
export type Grant = 'organization' | { readonly teamIds: readonly string[] };

/** What somebody with these roles may do by this permission; null for nothing. */
export function grantOf(held: readonly HeldRole[], permission: Permission): Grant | null {
  const { roles, inTeam }: PermissionRule = PERMISSIONS[permission];
  const granting = held.filter(({ role }) => roles.includes(role));
  if (granting.some(({ teamId }) => teamId === null || inTeam === 'all')) return 'organization';
  if (inTeam === 'nothing' || granting.length === 0) return null;
  return { teamIds: granting.flatMap(({ teamId }) => teamId ?? []) };
}
