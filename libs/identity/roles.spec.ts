import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantOf, type HeldRole, isPermission, PERMISSIONS, type Permission, ROLES, TEAM_ROLES } from './index.js';

const permissions = Object.keys(PERMISSIONS) as Permission[];
const heldRole: fc.Arbitrary<HeldRole> = fc.oneof(
  fc.record({ role: fc.constantFrom(...ROLES), teamId: fc.constant(null) }),
  fc.record({ role: fc.constantFrom(...TEAM_ROLES), teamId: fc.constantFrom('team-1', 'team-2') }),
);
const permission = fc.constantFrom(...permissions);
const rank = (held: readonly HeldRole[], asked: Permission): number => {
  const grant = grantOf(held, asked);
  return grant === null ? 0 : grant === 'organization' ? Number.POSITIVE_INFINITY : new Set(grant.teamIds).size;
};

describe('permissions', () => {
  it('are nobody’s without a role', () => {
    for (const asked of permissions) expect(grantOf([], asked)).toBeNull();
  });

  it('never shrink when a role is added', () => {
    fc.assert(
      fc.property(fc.array(heldRole, { maxLength: 5 }), heldRole, permission, (held, more, asked) => {
        expect(rank([...held, more], asked)).toBeGreaterThanOrEqual(rank(held, asked));
      }),
    );
  });

  it('of a role given for a team only never reach another team', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEAM_ROLES), permission, (role, asked) => {
        const grant = grantOf([{ role, teamId: 'team-1' }], asked);
        const { inTeam } = PERMISSIONS[asked];
        expect(grant === 'organization').toBe(inTeam === 'all' && grant !== null);
        if (grant !== null && grant !== 'organization') expect(grant.teamIds).toEqual(['team-1']);
      }),
    );
  });

  it('an owner has all but what is the operator’s alone', () => {
    const missing = permissions.filter((asked) => grantOf([{ role: 'owner', teamId: null }], asked) === null);
    expect(missing).toEqual(['organizations:found']);
  });

  it('auditors, viewers and team roles change nothing that binds the organization', () => {
    const writes = permissions.filter((asked) => !asked.endsWith(':read') && asked !== 'exports:write');
    for (const asked of writes) {
      expect(grantOf([{ role: 'auditor', teamId: null }], asked)).toBeNull();
      expect(grantOf([{ role: 'viewer', teamId: null }], asked)).toBeNull();
      for (const role of TEAM_ROLES) expect(grantOf([{ role, teamId: 'team-1' }], asked)).not.toBe('organization');
    }
  });

  it('who may write something may also read it', () => {
    for (const asked of permissions.filter((name) => name.endsWith(':write') && name !== 'owners:write')) {
      const read = asked.replace(':write', ':read');
      expect(isPermission(read)).toBe(true);
      for (const role of PERMISSIONS[asked].roles)
        expect([asked, role, grantOf([{ role, teamId: null }], read as Permission)]).toEqual([
          asked,
          role,
          'organization',
        ]);
    }
  });
});
