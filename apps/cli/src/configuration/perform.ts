import type { AdminApi, Json, Seen } from '../api/admin-api.js';
import { collectionOf } from './kinds.js';
import type { Creation, Deletion, Step, Update } from './plan.js';

/** A step that was carried out, and how it is taken back. */
export interface Done {
  readonly step: Step;
  /** Answer of the API to a creation; else null. */
  readonly answer: Json | null;
  undo(): Promise<void>;
  /** What undoing does not bring back. */
  readonly lost?: string;
}

/** Carries out one step. Throws ApiFailure when it is refused, also because the resource has changed since the plan. */
export function perform(step: Step, organization: string, api: AdminApi): Promise<Done> {
  if (step.action === 'create') return create(step, organization, api);
  return step.action === 'update' ? update(step, api) : remove(step, organization, api);
}

async function create(step: Creation, organization: string, api: AdminApi): Promise<Done> {
  const collection = collectionOf(step.kind, organization);
  const body = step.secret ? { ...step.body, secret: step.secret.secret } : step.body;
  const { body: answer, etag } = await api.create(collection, body);
  return { step, answer, undo: () => api.remove(`${collection}/${String(answer['id'])}`, etag) };
}

async function update(step: Update, api: AdminApi): Promise<Done> {
  const { path, changes, secret } = step;
  const after = Object.fromEntries(changes.map((change) => [change.field, change.after]));
  const before = Object.fromEntries(changes.map((change) => [change.field, change.before]));
  const { etag }: Seen = await api.update(path, step.etag, secret ? { ...after, secret: secret.secret } : after);
  return {
    step,
    answer: null,
    undo: async () => {
      if (changes.length > 0) await api.update(path, etag, before);
    },
    ...(secret && { lost: 'its secret is the new one' }),
  };
}

async function remove(step: Deletion, organization: string, api: AdminApi): Promise<Done> {
  await api.remove(step.path, step.etag);
  const { lostWhenDeleted } = step.kind;
  return {
    step,
    answer: null,
    undo: async () => {
      if (lostWhenDeleted === undefined) await api.create(collectionOf(step.kind, organization), step.body);
    },
    ...(lostWhenDeleted !== undefined && { lost: `deleted: ${lostWhenDeleted}` }),
  };
}
