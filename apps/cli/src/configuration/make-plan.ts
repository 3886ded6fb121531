import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '#libs/config';
import type { AdminApi, Json } from '../api/admin-api.js';
import { wrongUsage } from '../failure.js';
import type { Desired } from './desired.js';
import type { ApiDocument } from './document.js';
import { collectionOf, KINDS, type Kind, ORGANIZATION } from './kinds.js';
import { parentsFirst } from './parents-first.js';
import type { Creation, Deletion, FieldChange, Plan, SecretChange, Step, Update } from './plan.js';
import { byName, configured, written } from './resource.js';
import { contradicts, secretOf } from './secrets.js';

export interface PlanOptions {
  /** Delete what is there and not written, in sections that are written. */
  readonly prune: boolean;
  /** Send every secret, also where nothing shows that it changed. */
  readonly renewSecrets: boolean;
  readonly env: Environment;
}

/** What a plan is made from. */
interface Planning {
  readonly api: AdminApi;
  readonly document: ApiDocument;
  readonly options: PlanOptions;
  readonly organization: string;
  readonly remarks: string[];
}

/**
 * Compares what is written with what is there. Changes nothing. Throws wrong usage when a field that cannot change is
 * written differently, or when a secret that is needed is not known.
 */
export async function makePlan(
  desired: Desired,
  api: AdminApi,
  document: ApiDocument,
  options: PlanOptions,
): Promise<Plan> {
  const { organization } = desired;
  const planning: Planning = { api, document, options, organization, remarks: [] };
  const itself = await planItself(desired, planning);
  const existing = itself?.action !== 'create';
  const steps: Step[] = itself ? [itself] : [];
  const deletions: Step[] = [];
  for (const kind of KINDS) {
    const section = desired.sections.get(kind.section);
    if (!section) continue;
    const there = existing ? await api.list(collectionOf(kind, organization)) : [];
    const wanted = byName(kind, kind.name === 'team' ? parentsFirst(section) : section);
    steps.push(...(await planSection(kind, wanted, byName(kind, there), planning)));
    if (options.prune) deletions.unshift(...(await planDeletions(kind, wanted, there, planning)));
  }
  return { organization, steps: [...steps, ...deletions], remarks: planning.remarks };
}

async function planItself({ organization, itself }: Desired, planning: Planning): Promise<Step | null> {
  const { api, document } = planning;
  const path = `/organizations/${organization}`;
  const seen = await api.find(path);
  const wanted = { ...seen?.body, ...itself, slug: organization };
  if (seen) return planUpdate(ORGANIZATION, organization, wanted, path, planning);
  if (itself['name'] === undefined)
    throw wrongUsage(`Organization "${organization}" is not there: to create it, write its name`);
  const body = written(ORGANIZATION, wanted, document);
  return { action: 'create', kind: ORGANIZATION, name: organization, body, secret: null };
}

async function planSection(
  kind: Kind,
  wanted: ReadonlyMap<string, Json>,
  there: ReadonlyMap<string, Json>,
  planning: Planning,
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const [name, resource] of wanted) {
    const current = there.get(name);
    if (!current) steps.push(planCreation(kind, name, resource, planning));
    else if (differs(kind, resource, current, planning)) {
      const update = await planUpdate(kind, name, resource, pathOf(kind, current, planning), planning);
      if (update) steps.push(update);
    }
  }
  return steps;
}

function differs(kind: Kind, wanted: Json, current: Json, { document, options, remarks }: Planning): boolean {
  const changes = changesBetween(configured(kind, current, document), configured(kind, wanted, document));
  return changes.length > 0 || secretChange(wanted, current, options, remarks) !== null;
}

function planCreation(kind: Kind, name: string, resource: Json, { document, options }: Planning): Creation {
  const body = written(kind, resource, document);
  if (!('secret' in resource)) return { action: 'create', kind, name, body, secret: null };
  const found = secretOf(resource, options.env);
  if (!found.known) throw wrongUsage(`The secret of ${kind.name} "${name}" is not known: ${found.why}`);
  return { action: 'create', kind, name, body, secret: { reference: shown(resource['secret']), secret: found.secret } };
}

/** Reads the resource again with its entity tag, and compares with that. Null when there is nothing to do. */
async function planUpdate(
  kind: Kind,
  name: string,
  wanted: Json,
  path: string,
  planning: Planning,
): Promise<Update | null> {
  const { api, document, options } = planning;
  const { body: current, etag } = await api.get(path);
  const changes = changesBetween(configured(kind, current, document), configured(kind, wanted, document));
  const secret = secretChange(wanted, current, options, []);
  const fixed = changes.find(({ field }) => document.fixed(kind).includes(field));
  if (fixed)
    throw wrongUsage(
      `${kind.name} "${name}": ${fixed.field} cannot change from ${JSON.stringify(fixed.before)} to ${JSON.stringify(fixed.after)}; give it another slug`,
    );
  return changes.length === 0 && !secret ? null : { action: 'update', kind, name, path, etag, changes, secret };
}

function changesBetween(before: Json, after: Json): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

function secretChange(wanted: Json, current: Json, options: PlanOptions, remarks: string[]): SecretChange | null {
  if (!('secret' in wanted)) return null;
  const found = secretOf(wanted, options.env);
  if (!found.known) {
    remarks.push(`The secret of provider-credential "${wanted['slug']}" stays as it is: ${found.why}`);
    return null;
  }
  if (!options.renewSecrets && !contradicts(current['hint'], found.secret)) return null;
  return { reference: shown(wanted['secret']), secret: found.secret };
}

async function planDeletions(
  kind: Kind,
  wanted: ReadonlyMap<string, Json>,
  there: readonly Json[],
  planning: Planning,
): Promise<Deletion[]> {
  const unwanted = [...byName(kind, kind.name === 'team' ? parentsFirst(there) : there)].filter(
    ([name]) => !wanted.has(name),
  );
  const deletions: Deletion[] = [];
  // What is below goes before what is above it.
  for (const [name, resource] of unwanted.reverse()) {
    const path = pathOf(kind, resource, planning);
    const { body, etag } = await planning.api.get(path);
    deletions.push({ action: 'delete', kind, name, path, etag, body: written(kind, body, planning.document) });
  }
  return deletions;
}

function pathOf(kind: Kind, resource: Json, { organization }: Planning): string {
  return `${collectionOf(kind, organization)}/${String(kind.namedBy === 'slug' ? resource['slug'] : resource['id'])}`;
}

function shown(reference: unknown): string {
  return typeof reference === 'string' ? reference : Object.values(reference as Json).join(', ');
}
