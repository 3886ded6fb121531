import type { FindingRecord } from '#libs/messages';
import { CONTEXT_CHARS, type Place } from './check.js';
import { actionOf, find, type Located, redact } from './inspect.js';
import type { ActiveCheck } from './policy.js';

export interface Released {
  /** Text that may leave now. */
  readonly text: string;
  readonly findings: readonly FindingRecord[];
  /** A finding of action block: nothing more may leave. */
  readonly blocked: boolean;
}

/**
 * Inspects a text that arrives in pieces, one instance per streamed part. It holds back what a check that blocks or redacts may
 * still find fault with, so that a match split over any number of chunks is seen whole before its first character leaves; checks
 * that only flag, or rehearse, see as much but delay nothing. Checks of whole texts see the text at its end; where one of them
 * blocks, all of it waits until then.
 */
export class HoldBack {
  /** What is still in sight. */
  private text = '';
  /** Characters of the whole text before `text`. */
  private offset = 0;
  /** Up to where in `text` it has left. */
  private sent = 0;
  /** Up to where in `text` findings are final and have been told. */
  private settled = 0;
  private readonly pieces: string[] = [];
  private readonly running: readonly ActiveCheck[];
  private readonly holding: readonly ActiveCheck[];
  private readonly wholes: readonly ActiveCheck[];
  private readonly waits: boolean;

  constructor(
    active: readonly ActiveCheck[],
    private readonly at: string,
  ) {
    const local = active.filter(({ run }) => run.kind === 'local');
    this.wholes = local.filter(({ run }) => run.kind === 'local' && run.wholeOnly === true);
    this.running = local.filter((each) => !this.wholes.includes(each));
    this.holding = this.running.filter(enforces);
    this.waits = this.wholes.some(enforces);
  }

  push(text: string): Released {
    if (this.wholes.length > 0) this.pieces.push(text);
    if (this.waits) return NOTHING_YET;
    this.text += text;
    return this.release(find(this.text, this.running, this.place()), false);
  }

  /** The part has ended: what was held may go. */
  finish(): Released {
    if (this.wholes.length === 0) return this.release(find(this.text, this.running, this.place()), true);
    const whole = this.pieces.join('');
    const place = { at: this.at, author: 'assistant', offset: 0 } as const;
    if (this.waits) {
      this.text = whole;
      return this.release(find(whole, [...this.running, ...this.wholes], place), true);
    }
    const last = this.release(find(this.text, this.running, this.place()), true);
    return { ...last, findings: [...last.findings, ...find(whole, this.wholes, place).map(({ record }) => record)] };
  }

  private place(): Place {
    return { at: this.at, author: 'assistant', offset: this.offset };
  }

  private release(located: readonly Located[], last: boolean): Released {
    const { text, sent } = this;
    const open = located.filter(({ end }) => end > this.settled);
    if (open.some(({ record }) => actionOf(record) === 'block')) {
      this.text = '';
      return { text: '', findings: open.map(({ record }) => record), blocked: true };
    }
    const settled = last ? text.length : Math.max(this.settled, cutAt(text, this.running, open));
    const enforced = open.filter(({ record }) => actionOf(record) === 'redact');
    const cut = last ? text.length : Math.max(sent, cutAt(text, this.holding, enforced));
    const released = {
      text: redact(text.slice(sent, cut), within(enforced, sent, cut)),
      findings: open.filter(({ end }) => end <= settled).map(({ record }) => record),
      blocked: false,
    };
    this.forget(Math.max(0, Math.min(settled, cut) - CONTEXT_CHARS), settled, cut);
    return released;
  }

  private forget(chars: number, settled: number, sent: number): void {
    this.text = this.text.slice(chars);
    this.offset += chars;
    this.settled = settled - chars;
    this.sent = sent - chars;
  }
}

const NOTHING_YET: Released = { text: '', findings: [], blocked: false };

const enforces = ({ config, dryRun }: ActiveCheck): boolean => config.action !== 'flag' && !dryRun;

/** Where the checks let go: never inside a finding, nor behind one that reaches to the end and may still grow. */
function cutAt(text: string, checks: readonly ActiveCheck[], located: readonly Located[]): number {
  let cut = text.length;
  for (const { run } of checks) if (run.kind === 'local') cut = Math.min(cut, run.holdFrom(text));
  for (const { start, end } of located.toReversed()) {
    if (start < cut && (end > cut || end === text.length)) cut = start;
  }
  return cut;
}

/** The findings between two places, counted from the first. One that began before it has left in part: the rest is cut out. */
function within(located: readonly Located[], from: number, to: number): readonly Located[] {
  return located
    .filter(({ end }) => end > from && end <= to)
    .map((each) => ({ ...each, start: Math.max(0, each.start - from), end: each.end - from }));
}
