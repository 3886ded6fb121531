import type { ChatEvent } from '#libs/dialects';

/** Longer answers are not resumed: their text would have to be kept and sent again. */
const CHARS_MAX = 1_000_000;

/** What of a streamed answer a model would need to go on with it: one text, and nothing that cannot be begun for it. */
export class TextSoFar {
  text = '';
  /** The part that a continuation would add to; null when none is open. */
  openPart: number | null = null;
  lastPart = -1;
  private finished = false;
  private readonly kinds = new Set<string>();

  see(event: ChatEvent): void {
    switch (event.type) {
      case 'part-start':
        this.kinds.add(event.choice === 0 ? event.start.kind : 'another choice');
        this.lastPart = Math.max(this.lastPart, event.part);
        if (event.start.kind === 'text') this.openPart = event.part;
        return;
      case 'part-delta':
        if (event.delta.kind === 'text' && event.part === this.openPart) this.text += event.delta.text;
        return;
      case 'part-end':
        if (event.part === this.openPart) this.openPart = null;
        return;
      case 'finish':
        this.finished = true;
        return;
    }
  }

  /** Whether another model could go on from here. Thoughts before the text do not hinder: they are not part of the answer. */
  get resumable(): boolean {
    const onlyText = [...this.kinds].every((kind) => kind === 'text' || kind === 'reasoning');
    return onlyText && this.text.trim() !== '' && this.text.length <= CHARS_MAX && !this.finished;
  }
}
