import type { AdminApi } from '../api/admin-api.js';
import { reasonOf } from '../failure.js';
import { type Finding, failed, ok } from './finding.js';

/** Has every provider credential of an organization tried by a tiny real call. */
export async function checkProviderCredentials(api: AdminApi, organization: string): Promise<Finding[]> {
  const collection = `/organizations/${organization}/provider-credentials`;
  const findings: Finding[] = [];
  for (const { slug } of await api.list(collection)) {
    const check = `provider credential ${organization}/${String(slug)}`;
    try {
      const { body } = await api.create(`${collection}/${String(slug)}/test`, {});
      const text = `${String(body['message'])} (${String(body['latencyMs'])} ms)`;
      findings.push(body['ok'] === true ? ok(check, text) : failed(check, text));
    } catch (cause) {
      findings.push(failed(check, reasonOf(cause)));
    }
  }
  return findings;
}
