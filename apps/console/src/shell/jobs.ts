import { useSyncExternalStore } from 'react';

/** Work on the server that takes its time: it can be left, and found again under the clock in the top bar. */
export interface Job {
  /** What the API calls it. */
  readonly id: string;
  readonly kind: JobKind;
  readonly organization: string;
  /** What the person called it: "Export of requests, October". */
  readonly title: string;
  /** Where it is shown. */
  readonly href: string;
  readonly state: JobState;
  readonly detail?: string;
}

export type JobKind = 'export' | 'statement' | 'reconciliation';
export type JobState = 'running' | 'done' | 'failed';

const STORED = 'tollgate.jobs';
const KEPT_MAX = 20;
const listeners = new Set<() => void>();
let jobs: readonly Job[] = read();

/** Puts a job that was just started among those to be found again. */
export function trackJob(job: Omit<Job, 'state'>): void {
  change([{ ...job, state: 'running' as const }, ...jobs.filter(({ id }) => id !== job.id)].slice(0, KEPT_MAX));
}

export function updateJob(id: string, seen: Pick<Job, 'state' | 'detail'>): void {
  change(jobs.map((job) => (job.id === id ? { ...job, ...seen } : job)));
}

export function dismissJob(id: string): void {
  change(jobs.filter((job) => job.id !== id));
}

/** The jobs of an organization that this browser has started, the newest first. */
export function useJobs(organization: string): readonly Job[] {
  const all = useSyncExternalStore(subscribe, () => jobs);
  return all.filter((job) => job.organization === organization);
}

function change(next: readonly Job[]): void {
  jobs = next;
  window.localStorage.setItem(STORED, JSON.stringify(next));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): readonly Job[] {
  try {
    return JSON.parse(window.localStorage.getItem(STORED) ?? '[]') as readonly Job[];
  } catch {
    return [];
  }
}
