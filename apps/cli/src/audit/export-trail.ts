import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AdminApi } from '../api/admin-api.js';

/**
 * Writes the audit trail of an organization as JSON lines, oldest first, each with the id of the organization, which was
 * hashed with it. All of it is in memory meanwhile. Returns how many events there are.
 */
export async function exportTrail(
  api: AdminApi,
  organization: string,
  { file, directory }: { readonly file: string; readonly directory: string },
): Promise<number> {
  const { body } = await api.get(`/organizations/${organization}`);
  const events = (await api.list(`/organizations/${organization}/audit-events`)).reverse();
  const lines = events.map((event) => `${JSON.stringify({ organizationId: body['id'], ...event })}\n`);
  writeFileSync(resolve(directory, file), lines.join(''), { mode: 0o600 });
  return events.length;
}
