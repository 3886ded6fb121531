import type { FindingRecord } from '#libs/messages';
import { find, redact } from './inspect.js';
import type { ActiveCheck } from './policy.js';

export interface Released {
  /** Text that may leave now. */
  readonly text: string;
  readonly findings: readonly FindingRecord[];
  /** A finding of action block: nothing more may leave. */
  readonly blocked: boolean;
}

/**
 * Inspects a text that arrives in pieces, one instance per streamed part. It holds back as many characters as the longest
 * possible finding, so that a match split over any number of chunks is seen whole before its first character leaves.
 * What it cannot do: see a finding longer than its check's stated window, except one that still grows at the end of the text.
 */
export class HoldBack {
  private held = '';
  private readonly windowChars: number;

  constructor(
    private readonly active: readonly ActiveCheck[],
    private readonly at: string,
  ) {
    this.windowChars = Math.max(0, ...active.map(({ check, config }) => check.windowChars(config)));
  }

  push(text: string): Released {
    return this.release(this.held + text, false);
  }

  /** The part has ended: what was held may go. */
  finish(): Released {
    return this.release(this.held, true);
  }

  private release(text: string, last: boolean): Released {
    const located = find(text, this.active, this.at);
    const blocking = located.find(({ record }) => record.action === 'block');
    if (blocking) {
      this.held = '';
      return { text: '', findings: located.map(({ record }) => record), blocked: true };
    }
    const cut = last ? text.length : this.cutAt(text, located);
    const leaving = located.filter(({ end }) => end <= cut);
    this.held = text.slice(cut);
    return { text: redact(text.slice(0, cut), leaving), findings: leaving.map(({ record }) => record), blocked: false };
  }

  /** Never inside a finding, never closer to the end than the window: a finding there may still grow. */
  private cutAt(text: string, located: readonly { start: number; end: number }[]): number {
    let cut = Math.max(0, text.length - this.windowChars);
    for (const { start, end } of located.toReversed()) {
      if (start < cut && (end > cut || end === text.length)) cut = start;
    }
    return cut;
  }
}
