/** What exists by now, so that random requests can name it: slugs, ids, entity tags and cursors that answers have shown. */
export class Known {
  readonly #byKind = new Map<string, string[]>();

  /** The newest of each kind, so that what was deleted long ago does not crowd out what is there. */
  static readonly #KEPT = 24;

  add(kind: string, name: unknown): void {
    if (typeof name !== 'string' || name === '') return;
    const names = this.#byKind.get(kind) ?? [];
    if (names.includes(name)) return;
    names.push(name);
    if (names.length > Known.#KEPT) names.splice(0, 1);
    this.#byKind.set(kind, names);
  }

  /** Forgets what was deleted, by the name that was used. */
  remove(name: string): void {
    for (const names of this.#byKind.values()) if (names.includes(name)) names.splice(names.indexOf(name), 1);
  }

  /** The `index`-th of this kind, counted round and round; undefined when there is none. */
  at(kind: string, index: number): string | undefined {
    const names = this.#byKind.get(kind) ?? [];
    return names[index % names.length];
  }
}

/** The kind of resource that a path parameter or a field of a body refers to, by its name. */
const KIND_BY_NAME: Readonly<Record<string, string>> = {
  parent: 'team',
  defaultTeam: 'team',
  to: 'team',
};

export function kindNamed(name: string): string {
  return KIND_BY_NAME[name] ?? name;
}
