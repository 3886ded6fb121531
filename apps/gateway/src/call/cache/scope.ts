import type { Principal } from '#libs/identity';
import type { RouteCache } from '#libs/routing';
import { CACHE_DEFAULTS } from './wish.js';

/** Who may share answers with this caller, as part of the key; null when nobody may, not even the caller itself. */
export function scopeOf({ scope = CACHE_DEFAULTS.scope }: RouteCache, principal: Principal, endUser: string | null) {
  const { team, service, agent } = principal;
  switch (scope) {
    case 'organization':
      return scope;
    case 'team':
      return `team ${team}`;
    case 'service':
      return `service ${service}`;
    case 'agent':
      return `agent ${service} ${agent ?? ''}`;
    case 'user':
      return endUser === null ? null : `user ${endUser}`;
  }
}
