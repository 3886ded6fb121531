import { isObject, textOf } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';

/** No real call has a longer array; without a bound one index could ask for gigabytes. */
const INDEX_MAX = 10_000;

type Container = Record<string, unknown> | unknown[];

/**
 * Arguments of a call that come in pieces, each at a JSON path: a string's pieces follow one another
 * (Vertex AI, `streamFunctionCallArguments`). Pieces with a path or a value that cannot be read are left out.
 */
export class PartialArguments {
  readonly #root: Record<string, unknown>;
  /** Paths whose string goes on in the next piece. */
  readonly #growing = new Set<string>();

  constructor(args: JsonObject = {}) {
    this.#root = structuredClone(args) as Record<string, unknown>;
  }

  add(piece: unknown): void {
    if (!isObject(piece)) return;
    const path = textOf(piece['jsonPath']) ?? '';
    const steps = stepsOf(path);
    const value = scalarOf(piece);
    if (!steps || value === undefined) return;
    const grows = this.#growing.has(path);
    if (piece['willContinue'] === true) this.#growing.add(path);
    else this.#growing.delete(path);
    place(this.#root, steps, (before) => (grows && typeof before === 'string' ? before + String(value) : value));
  }

  get json(): string {
    return JSON.stringify(this.#root);
  }
}

function scalarOf(piece: JsonObject): unknown {
  if ('nullValue' in piece) return null;
  return piece['stringValue'] ?? piece['numberValue'] ?? piece['boolValue'];
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** `$.a[0]['b c']` → `['a', 0, 'b c']`; undefined for anything that is no such path (RFC 9535 §2.3.1 and §2.3.3). */
function stepsOf(path: string): readonly (string | number)[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    const [, dotted, index, single, double] = match;
    const step = index === undefined ? (dotted ?? (single ?? double ?? '').replaceAll(/\\(.)/g, '$1')) : Number(index);
    if (step === '__proto__' || (typeof step === 'number' && step > INDEX_MAX)) return undefined;
    steps.push(step);
  }
  return steps.length === 0 ? undefined : steps;
}

function place(root: Container, steps: readonly (string | number)[], change: (before: unknown) => unknown): void {
  let at = root as Record<string | number, unknown>;
  steps.forEach((step, depth) => {
    const next = steps[depth + 1];
    const before = Object.hasOwn(at, step) ? at[step] : undefined;
    if (next === undefined) at[step] = change(before);
    else {
      const inner = typeof before === 'object' && before !== null ? before : typeof next === 'number' ? [] : {};
      at[step] = inner;
      at = inner as Record<string | number, unknown>;
    }
  });
}
