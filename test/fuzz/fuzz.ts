import fc from 'fast-check';
import { Client } from 'undici';
import { describeAdminApi } from '../../apps/admin/src/describe.js';
import { createExamples } from '../admin/examples.js';
import { memberOf } from '../admin/sign-in.js';
import type { AdminApp } from '../admin/start-admin.js';
import { Known } from './known.js';
import { type FuzzRequest, pathKind, requestsOf } from './requests.js';
import { type Operation, operationsIn } from './schema.js';
import { changedTables, storedReader } from './stored.js';
import { Values } from './values.js';
import { type FuzzAnswer, Judge } from './verdict.js';

export interface FuzzOptions {
  readonly requests: number;
  /** The same seed asks the same again, as far as what the server makes up (ids) lets it. */
  readonly seed: number;
  readonly onProgress?: (line: string) => void;
}

export interface FuzzReport {
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations that let at least one request through. */
  readonly succeeded: readonly string[];
  /** What was wrong, each kind once with the first request that showed it. */
  readonly flaws: readonly string[];
}

const ORGANIZATION = 'acme';
/** Requests until callers are made anew: tokens expire, and random requests sign members out. */
const CALLERS_SERVE = 500;

/** Sends random requests of every operation to `admin`, and judges each answer and what was stored. */
export async function fuzz(admin: AdminApp, { requests, seed, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const document = await describeAdminApi();
  const operations = operationsIn(document);
  const known = await knownExamples(admin);
  const values = new Values(document, known);
  const judge = new Judge(document);
  const stored = await storedReader(admin.connections.database.pool);
  const arbitraries = new Map(operations.map((operation) => [operation, requestsOf(operation, values, known)]));
  const harmless = fc.constantFrom(...operations.filter(isHarmless));
  let pick = fc.tuple(harmless, fc.constantFrom(...(await everyone(admin, 0))));
  const statuses: Record<string, number> = {};
  const succeeded = new Set<string>();
  const flaws = new Map<string, string>();
  const client = new Client(admin.url, { bodyTimeout: 60_000, headersTimeout: 60_000 });
  let before = await stored();
  for (let n = 0; n < requests; n++) {
    if (n > 0 && n % CALLERS_SERVE === 0) {
      pick = fc.tuple(harmless, fc.constantFrom(...(await everyone(admin, n))));
      before = await stored();
    }
    const [[operation, authorization] = never()] = fc.sample(pick, { numRuns: 1, seed: seed + n });
    const arbitrary = arbitraries.get(operation) ?? never();
    const [request = never()] = fc.sample(arbitrary, { numRuns: 1, seed: seed + n });
    const answer = await ask(client, request, authorization);
    const after = await stored();
    const name = `${operation.method} ${operation.path}`;
    const flaw = judge.flawOf(operation, answer) ?? wronglyStored(operation, answer, changedTables(before, after));
    if (flaw !== undefined && !flaws.has(`${name}: ${flaw}`)) {
      flaws.set(`${name}: ${flaw}`, shown(n, request, answer));
      onProgress?.(`${name}: ${flaw}\n${shown(n, request, answer)}`);
    }
    before = after;
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.status < 300) {
      succeeded.add(name);
      if (operation.method === 'DELETE') known.remove(nameIn(request.path));
      else learn(known, operation, answer);
    }
    if ((n + 1) % 1000 === 0) onProgress?.(`${n + 1} requests, ${flaws.size} flaws, ${JSON.stringify(statuses)}`);
  }
  await client.close();
  return { statuses, succeeded: [...succeeded].sort(), flaws: [...flaws].map(([flaw, first]) => `${flaw}\n${first}`) };
}

/** Not what would take away the organization that everything is in. */
function isHarmless({ method, path }: Operation): boolean {
  return method !== 'DELETE' || path !== '/api/v1/organizations/{organization}';
}

/** The operator most of the time; else people who may less, strangers, and nobody. */
async function everyone(admin: AdminApp, round: number): Promise<string[]> {
  await admin.authorize();
  const operator = admin.authorization;
  const bearer = async (organization: string, role: string) => {
    const email = `${role}-${round}@${organization}.example`;
    return `Bearer ${(await memberOf(admin, organization, email, { role })).accessToken}`;
  };
  const others = [
    await bearer(ORGANIZATION, 'viewer'),
    await bearer(ORGANIZATION, 'owner'),
    await bearer('other', 'owner'),
  ];
  return [...Array.from({ length: 16 }, () => operator), ...others, 'Bearer x.y.z'];
}

async function knownExamples(admin: AdminApp): Promise<Known> {
  const known = new Known();
  const own = await createExamples(admin, ORGANIZATION);
  const others = await createExamples(admin, 'other');
  known.add('organization', ORGANIZATION);
  for (const [kind, name] of Object.entries(own.references)) known.add(kind, name);
  // One thing that is there and belongs to somebody else.
  known.add('team', others.references.team);
  return known;
}

async function ask(
  client: Client,
  { operation, path, headers, body }: FuzzRequest,
  authorization: string,
): Promise<FuzzAnswer> {
  const {
    statusCode,
    headers: answered,
    body: answer,
  } = await client.request({
    method: operation.method as 'GET',
    path,
    headers: { authorization, ...headers },
    ...(body !== undefined && { body: Buffer.from(body) }),
  });
  return { status: statusCode, contentType: String(answered['content-type'] ?? ''), text: await answer.text() };
}

/** What is refused, or only asked, changes nothing. */
function wronglyStored({ method }: Operation, { status }: FuzzAnswer, changed: readonly string[]): string | undefined {
  if (changed.length === 0 || (status < 400 && method !== 'GET')) return undefined;
  return `${status}, and yet ${changed.join(', ')} changed`;
}

/** Remembers what an answer shows, so that later requests can name it. */
function learn(known: Known, { path }: Operation, { text }: FuzzAnswer): void {
  const answer = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  const rows = Array.isArray(answer['data']) ? (answer['data'] as Record<string, unknown>[]) : [answer];
  known.add('cursor', answer['nextCursor']);
  const kind = kindOf(path);
  // All requests go to the few organizations that have something in them.
  if (kind === 'organization') return;
  for (const row of rows.slice(-3)) {
    known.add(kind, row['slug']);
    known.add(kind, row['id']);
  }
}

/** The resource that a path ends in. */
function nameIn(path: string): string {
  return path.split('?')[0]?.split('/').at(-1) ?? '';
}

/** What the rows of a collection are, by the last fixed part of its path. */
function kindOf(path: string): string {
  const collection =
    path
      .split('/')
      .filter((part) => !part.startsWith('{'))
      .at(-1) ?? '';
  const singular = collection.replace(/s$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (singular === 'providerCredential') return 'credential';
  return pathKind(path, singular);
}

function shown(n: number, { operation, path, headers, body }: FuzzRequest, { status, text }: FuzzAnswer): string {
  const sent = `#${n} ${operation.method} ${path.slice(0, 300)} ${JSON.stringify(headers)} ${body?.slice(0, 600) ?? ''}`;
  return `  ${sent}\n  → ${status} ${text.slice(0, 500)}`;
}

function never(): never {
  throw new Error('fast-check gave no sample');
}
