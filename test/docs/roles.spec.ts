import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PERMISSIONS, type PermissionRule, ROLES } from '#libs/identity';

const rows: [string, PermissionRule][] = Object.entries(PERMISSIONS);

/** ● everywhere, and where the role was given for a team also there; ○ only when it was given for the organization. */
function mark(role: (typeof ROLES)[number], { roles, inTeam }: PermissionRule): string {
  if (!roles.includes(role)) return '';
  return inTeam === 'nothing' ? '○' : '●';
}

function matrix(): string {
  const head = ['permission', 'what it allows', 'operator', ...ROLES];
  const lines = rows.map(([name, rule]) => [`\`${name}\``, rule.about, '●', ...ROLES.map((role) => mark(role, rule))]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

it('docs/guides/roles.md shows the policy as it is in the code', async () => {
  const page = await readFile('docs/guides/roles.md', 'utf8');
  const shown = /<!-- matrix -->\n([\s\S]*?)\n<!-- end of matrix -->/.exec(page)?.[1];
  expect(shown).toBe(matrix());
});
