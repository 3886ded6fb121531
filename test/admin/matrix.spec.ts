import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantOf, type HeldRole, type Role } from '#libs/identity';
import { createExamples, type Examples } from './examples.js';
import { type Operation, operationsOf } from './operations.js';
import { memberOf } from './sign-in.js';
import { type AdminApp, startAdmin } from './start-admin.js';

/*
 * Every operation of the OpenAPI document, asked by everyone. Permission is decided before the body is looked at, so writes
 * are sent without anything to write: who may gets 400, or 412 for a version that never was, and nothing changes.
 */

interface Caller {
  readonly name: string;
  readonly authorization: string;
  /** Roles in the organization that is asked; null: a stranger to it. */
  readonly held: readonly HeldRole[] | 'operator' | null;
}

const ANYWHERE: readonly Role[] = ['owner', 'admin', 'team-admin', 'finance', 'auditor', 'viewer'];
const IN_TEAM = ['team-admin', 'viewer'] as const;

let admin: AdminApp;
let examples: Examples;
let operations: Operation[];
let callers: Caller[];
const statuses = new Map<Operation, number[]>();

beforeAll(async () => {
  admin = await startAdmin();
  examples = await createExamples(admin, 'acme');
  await createExamples(admin, 'other');
  operations = await operationsOf(admin);
  callers = await everyone();
  for (const operation of operations) {
    const row: number[] = [];
    for (const { authorization } of callers) row.push(await ask(operation, authorization));
    statuses.set(operation, row);
  }
}, 240_000);
afterAll(() => admin.stop());

async function everyone(): Promise<Caller[]> {
  const bearer = async (organization: string, email: string, ...roles: { role: string; team?: string }[]) =>
    `Bearer ${(await memberOf(admin, organization, email, ...roles)).accessToken}`;
  const list: Caller[] = [{ name: 'operator', authorization: admin.authorization, held: 'operator' }];
  for (const role of ANYWHERE)
    list.push({
      name: role,
      authorization: await bearer('acme', `${role}@acme.example`, { role }),
      held: [{ role, teamId: null }],
    });
  for (const role of IN_TEAM)
    list.push({
      name: `${role}, team`,
      authorization: await bearer('acme', `${role}-of-team@acme.example`, { role, team: 'acme-team' }),
      held: [{ role, teamId: 'team' }],
    });
  list.push(
    { name: 'no role', authorization: await bearer('acme', 'nobody@acme.example'), held: [] },
    { name: 'other owner', authorization: await bearer('other', 'owner@other.example', { role: 'owner' }), held: null },
    { name: 'gateway', authorization: await gatewayToken(), held: null },
    { name: 'no token', authorization: '', held: null },
  );
  return list;
}

async function gatewayToken(): Promise<string> {
  const { body } = await admin.call('POST', '/organizations/acme/services', { slug: 'x', name: 'X', team: 'acme-top' });
  const basic = Buffer.from(`${body.clientId}:${body.clientSecret}`).toString('base64');
  const response = await fetch(`${admin.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
}

async function ask({ method, path }: Operation, authorization: string): Promise<number> {
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  const headers = { authorization, 'if-match': '"never"' };
  const { status } = await admin.call(method, examples.path(path), body, headers);
  if (method === 'DELETE' && status === 204) await examples.renew(path);
  return status;
}

/** Constant, so that a new operation is one new line. */
const NAME_CHARS = 96;

function table(): string {
  const head = ' '.repeat(NAME_CHARS) + callers.map(({ name }) => `  ${name}`).join('');
  const rows = operations.map((operation) => {
    const cells = (statuses.get(operation) ?? []).map((status, column) =>
      String(status).padStart((callers[column]?.name.length ?? 0) + 2),
    );
    const { method, path } = operation;
    return `${method.padEnd(6)} ${path}`.padEnd(NAME_CHARS) + cells.join('');
  });
  return `${[head, ...rows].join('\n')}\n`;
}

/** What the policy says of a caller: nothing about what the operation then does. */
function expected({ permission, path }: Operation, { held, name }: Caller): number | 'let in' {
  if (name === 'no token' || name === 'gateway') return 401;
  if (held === 'operator' || permission === null) return 'let in';
  const own = held ?? [{ role: 'owner' as const, teamId: null }];
  if (held === null && path.includes('{organization}')) return 404;
  return grantOf(own, permission) === null ? 403 : 'let in';
}

describe('the matrix', () => {
  it('is what the policy says, for every operation and everyone', () => {
    expect(operations.length).toBeGreaterThan(60);
    for (const operation of operations)
      callers.forEach((caller, index) => {
        const status = statuses.get(operation)?.[index] ?? 0;
        const said = expected(operation, caller);
        // A role in a team may be let in and then find that this one is not theirs to change.
        const allowed = said === 'let in' ? status !== 401 && (status !== 403 || caller.name.endsWith('team')) : false;
        expect([operation.method, operation.path, caller.name, allowed ? 'let in' : status]).toEqual([
          operation.method,
          operation.path,
          caller.name,
          said,
        ]);
      });
  });

  it('has no row in which anyone met an error of ours', () => {
    for (const [{ method, path }, row] of statuses)
      expect([method, path, row.filter((status) => status >= 500 && status !== 503)]).toEqual([method, path, []]);
  });

  it('is this table, status by status (after adding an operation, run this spec with -u and read the difference)', async () => {
    await expect(table()).toMatchFileSnapshot('./matrix.txt');
  });
});
