import { createHmac, randomBytes } from 'node:crypto';

/** Longest placeholder in characters. */
export const PLACEHOLDER_CHARS_MAX = 48;

const PLACEHOLDER = /\[[A-Z][A-Z0-9_]{0,32}_[A-Z2-7]{12}\]/g;
/** What may still become a placeholder, at the end of a text. */
const BEGUN = /\[(?:[A-Z][A-Z0-9_]{0,46})?$/;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Of this process: what a placeholder stands for cannot be worked out from it elsewhere. */
const PROCESS_KEY = randomBytes(32);

/**
 * What reversible redaction took out of one request, and what stands for it. A value has the same placeholder throughout a
 * process and an organization, so that a conversation stays consistent from turn to turn. Lives as long as its call, in memory.
 */
export class Placeholders {
  private readonly originals = new Map<string, string>();
  private key: Buffer | undefined;

  constructor(private readonly organizationId: string) {}

  get isEmpty(): boolean {
    return this.originals.size === 0;
  }

  /** The placeholder of a value: its rule, and 60 bits that only this process can derive. */
  for(original: string, rule: string): string {
    // Made when it is first needed: most requests have nothing to redact.
    this.key ??= createHmac('sha256', PROCESS_KEY).update(this.organizationId).digest();
    const digest = createHmac('sha256', this.key).update(original).digest();
    let code = '';
    for (const byte of digest.subarray(0, 12)) code += BASE32[byte & 31];
    const name = rule
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .slice(0, 32);
    const placeholder = `[${name}_${code}]`;
    this.originals.set(placeholder, original);
    return placeholder;
  }

  /** The text with the originals in place. In JSON text they are escaped, so that it stays JSON. */
  restore(text: string, form: 'text' | 'json'): string {
    return text.replace(PLACEHOLDER, (placeholder) => {
      const original = this.originals.get(placeholder);
      if (original === undefined) return placeholder;
      return form === 'json' ? JSON.stringify(original).slice(1, -1) : original;
    });
  }
}

/** Restores a text that arrives in pieces: what may be the beginning of a placeholder waits for its end. */
export class StreamRestorer {
  private held = '';

  constructor(
    private readonly placeholders: Placeholders,
    private readonly form: 'text' | 'json',
  ) {}

  push(text: string): string {
    const all = this.held + text;
    const begun = all.lastIndexOf('[');
    const held =
      begun >= 0 && all.length - begun < PLACEHOLDER_CHARS_MAX && BEGUN.test(all.slice(begun)) ? begun : all.length;
    this.held = all.slice(held);
    return this.placeholders.restore(all.slice(0, held), this.form);
  }

  finish(): string {
    const { held } = this;
    this.held = '';
    return this.placeholders.restore(held, this.form);
  }
}
