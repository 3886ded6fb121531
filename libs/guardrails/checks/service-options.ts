import type { CheckConfig } from '../guardrail.js';

const TIMEOUT_MS_MAX = 30_000;

/** Options of every check that asks a service. */
export const SERVICE_OPTIONS = {
  timeoutMs: `Milliseconds the service may take, 50–${TIMEOUT_MS_MAX}. Default: 3000.`,
} as const;

/** What is wrong with a URL of a service and its deadline, or null. Where it leads is checked when it is reached for. */
export function serviceProblem({ url, timeoutMs }: CheckConfig): string | null {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.hash !== '')
    return 'url must be an http or https URL without a user or a fragment';
  return timeoutProblem(timeoutMs);
}

export function timeoutProblem(timeoutMs: unknown): string | null {
  const bounded =
    timeoutMs === undefined ||
    (Number.isInteger(timeoutMs) && (timeoutMs as number) >= 50 && (timeoutMs as number) <= TIMEOUT_MS_MAX);
  return bounded ? null : `timeoutMs must be an integer of 50 to ${TIMEOUT_MS_MAX}`;
}

/** A score of 0–1, or `fallback`. */
export const score = (value: unknown, fallback: number): number =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : fallback;

/** A rule's name as a service says it, made fit for records. */
export const ruleName = (value: unknown): string =>
  String(typeof value === 'string' && value !== '' ? value : 'found')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 64);

/** Whether a value can be the slug of one of the organization's models. */
export const isSlug = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][\w.-]{0,62}$/.test(value);
export const SLUG_PROBLEM = 'model must be the slug of a model';

/** Where a place that a service counts in code points is in UTF-16 units. */
export const unitsOf = (original: string, points: unknown): number =>
  [...original].slice(0, Number(points)).join('').length;

/** A piece of a text, and where it begins. */
export interface Piece {
  readonly text: string;
  readonly start: number;
}

/** A text in pieces of at most `charsMax`, as services take no longer ones. No surrogate pair is divided. */
export function piecesOf(text: string, charsMax: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + charsMax);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end--;
    pieces.push({ text: text.slice(start, end), start });
    start = end;
  }
  return pieces;
}
