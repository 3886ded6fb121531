import type { ChatRequest, DialectId } from './request.js';
import { type Droppable, unknownTo, wireName } from './wire-names.js';

/** What an encoder leaves out, under the names the client knows it by, each once. */
export class Dropped {
  readonly #names = new Set<string>();

  constructor(private readonly client: DialectId) {}

  add(what: Droppable): void {
    this.#names.add(wireName(this.client, what));
  }

  /** The same, for a part that leaves nothing behind. */
  none(what: Droppable): undefined {
    this.add(what);
    return undefined;
  }

  /** Those of `fields` that the client did say. */
  addSaid(request: ChatRequest, fields: readonly (keyof ChatRequest)[]): void {
    for (const field of fields) if (request[field] !== undefined) this.add(field);
  }

  /** Fields and server-side tools that only the client's own dialect has a place for. */
  addUnknown(target: DialectId, request: ChatRequest): void {
    for (const name of unknownTo(target, request)) this.#names.add(name);
  }

  /** A name as the client wrote it. */
  addName(name: string): void {
    this.#names.add(name);
  }

  get names(): readonly string[] {
    return [...this.#names];
  }
}
