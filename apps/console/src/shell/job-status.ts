import { answer, api } from '../api/client';
import type { Job, JobKind, JobState } from './jobs';

type Look = (organization: string, id: string) => Promise<Pick<Job, 'state' | 'detail'>>;

/** What became of a job: one line per kind. */
const LOOKS: Readonly<Record<JobKind, Look>> = {
  export: async (organization, id) =>
    seen(
      await answer(
        api.GET('/api/v1/organizations/{organization}/exports/{export}', path({ organization, export: id })),
      ),
    ),
  statement: async (organization, id) =>
    seen(
      await answer(
        api.GET(
          '/api/v1/organizations/{organization}/chargeback/statements/{statement}',
          path({ organization, statement: id }),
        ),
      ),
    ),
  reconciliation: async (organization, id) =>
    seen(
      await answer(
        api.GET(
          '/api/v1/organizations/{organization}/chargeback/reconciliations/{reconciliation}',
          path({ organization, reconciliation: id }),
        ),
      ),
    ),
};

/** Asks the API how far a job is. */
export const lookAt = ({ kind, organization, id }: Job): Promise<Pick<Job, 'state' | 'detail'>> =>
  LOOKS[kind](organization, id);

const path = <Path>(parameters: Path) => ({ params: { path: parameters } });

const FINAL: Readonly<Record<string, JobState>> = {
  done: 'done',
  closed: 'done',
  preview: 'done',
  failed: 'failed',
  expired: 'failed',
};

function seen({ status }: { readonly status: string }): Pick<Job, 'state'> {
  return { state: FINAL[status] ?? 'running' };
}
