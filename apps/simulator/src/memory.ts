/** How many entries a memory keeps before it forgets the oldest. */
const ENTRIES_MAX = 10_000;

/** What vendors remember between calls: prompt caches and stored responses. */
export class Memory {
  private readonly entries = new Map<string, unknown>();

  get(key: string): unknown {
    return this.entries.get(key);
  }

  set(key: string, value: unknown): void {
    this.entries.set(key, value);
    const oldest = this.entries.size > ENTRIES_MAX ? this.entries.keys().next() : undefined;
    if (oldest?.done === false) this.entries.delete(oldest.value);
  }

  /** Forgets everything whose key begins so. */
  forget(prefix: string): void {
    for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
