import type { Prefill } from '#libs/dialects';

/** A model that was not told to repeat may have begun anew: from so many equal characters on that is no coincidence. */
const CHANCE_CHARS_MAX = 16;

/**
 * Joins a continuation to the text that the client has, so that nothing is there twice: takes away the text itself where the
 * model says it again, and the white space that the client has already (it is not sent to the model: a beginning must not end
 * in it). Text is held back only while it could still be a repetition.
 */
export class Joint {
  /** What the model is given to go on from. */
  readonly prefill: string;
  private readonly space: string;
  private held = '';
  private repeats: boolean;
  private spaceLeft: string;

  constructor(text: string, prefill: Prefill) {
    this.prefill = text.trimEnd();
    this.space = text.slice(this.prefill.length);
    this.spaceLeft = this.space;
    this.repeats = prefill === 'repeats' || this.prefill.length >= CHANCE_CHARS_MAX;
  }

  /** What of the continuation's next piece is new to the client. */
  push(piece: string): string {
    if (!this.repeats) return this.afterSpace(piece);
    this.held += piece;
    if (this.held.length < this.prefill.length && this.prefill.startsWith(this.held)) return '';
    this.repeats = false;
    const fresh = this.held.startsWith(this.prefill) ? this.held.slice(this.prefill.length) : this.held;
    this.held = '';
    return this.afterSpace(fresh);
  }

  /** What is still held back when the continuation ends: it was not a repetition after all. */
  finish(): string {
    const { held } = this;
    this.held = '';
    this.repeats = false;
    return this.afterSpace(held);
  }

  private afterSpace(piece: string): string {
    if (this.spaceLeft === '') return piece;
    let same = 0;
    while (same < piece.length && same < this.spaceLeft.length && piece[same] === this.spaceLeft[same]) same += 1;
    this.spaceLeft = same === piece.length ? this.spaceLeft.slice(same) : '';
    return piece.slice(same);
  }
}
