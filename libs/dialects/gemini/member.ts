import type { JsonObject } from '../neutral/index.js';

/** Spellings made so far: a stream asks for the same few names at every event. */
const spelt = new Map<string, string>();

function snake(name: string): string {
  const known = spelt.get(name);
  if (known !== undefined) return known;
  const made = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  spelt.set(name, made);
  return made;
}

/** A member by its name or by its snake_case name: Google's JSON takes both (protobuf.dev/programming-guides/json). */
export const member = (object: JsonObject | undefined, name: string): unknown =>
  object?.[name] ?? object?.[snake(name)];

/** Both spellings of each name. */
export const spellings = (...names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => [name, snake(name)]));
