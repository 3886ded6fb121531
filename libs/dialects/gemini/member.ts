import type { JsonObject } from '../neutral/index.js';

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A member by its name or by its snake_case name: Google's JSON takes both (protobuf.dev/programming-guides/json). */
export const member = (object: JsonObject | undefined, name: string): unknown =>
  object?.[name] ?? object?.[snake(name)];

/** Both spellings of each name. */
export const spellings = (...names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => [name, snake(name)]));
