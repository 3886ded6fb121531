import { uuidv7 } from '#libs/core';

const SAFE = /[^a-zA-Z0-9_-]/g;

/**
 * Ids for the calls of one answer that has none. They hold the answer's own id, so that no two answers of a conversation
 * share one and the same answer always gives the same; at most 40 characters, OpenAI's limit.
 */
export class AnswerIds {
  readonly #answer: string;
  #count = 0;

  constructor(responseId: string | undefined) {
    this.#answer = (responseId || uuidv7()).replaceAll(SAFE, '').slice(-28);
  }

  next(): string {
    return `call_${this.#answer}_${this.#count++}`;
  }
}

/** Ids for a client's history without any: the n-th call of a function belongs to the n-th response of it. */
export class HistoryIds {
  readonly #calls = new Map<string, number>();
  readonly #responses = new Map<string, number>();

  call(name: string): string {
    return idOf(name, count(this.#calls, name));
  }

  response(name: string): string {
    return idOf(name, count(this.#responses, name));
  }
}

const idOf = (name: string, nth: number): string => `call_${name.replaceAll(SAFE, '_').slice(0, 28)}_${nth}`;

function count(counts: Map<string, number>, name: string): number {
  const nth = counts.get(name) ?? 0;
  counts.set(name, nth + 1);
  return nth;
}
