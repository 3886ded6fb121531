import type { ChatDialect, ChatEvent, PartDelta, WireEvent } from '#libs/dialects';
import { countTokens } from '#libs/metering';

/** What is kept of an answer before it is counted, in characters: bounds the memory of a stream of any length. */
const KEPT_CHARS_MAX = 256 * 1024;

/**
 * Keeps what an answer says, for the case that its provider never tells how many tokens it was: a client that left, a stream
 * that broke, a vendor without usage. Counting happens only then, or when an answer grows so long that it must not be kept.
 */
export class OutputTally {
  private kept: (string | WireEvent)[] = [];
  private keptChars = 0;
  private counted: Promise<number> = Promise.resolve(0);

  constructor(private readonly dialect: ChatDialect) {}

  addEvent(event: WireEvent): void {
    this.keep(event, event.data.length);
  }

  addDelta(delta: PartDelta): void {
    const text = textOf(delta);
    if (text !== '') this.keep(text, text.length);
  }

  addText(text: string): void {
    this.keep(text, text.length);
  }

  /** Tokens of all that was added. */
  async count(): Promise<number> {
    this.flush();
    return this.counted;
  }

  private keep(piece: string | WireEvent, chars: number): void {
    this.kept.push(piece);
    this.keptChars += chars;
    if (this.keptChars > KEPT_CHARS_MAX) this.flush();
  }

  private flush(): void {
    const text = this.text(this.kept);
    this.kept = [];
    this.keptChars = 0;
    if (text === '') return;
    const before = this.counted;
    this.counted = countTokens(text).then(async (tokens) => tokens + (await before));
  }

  private text(pieces: readonly (string | WireEvent)[]): string {
    const decoder = this.dialect.decoder({});
    return pieces
      .map((piece) => (typeof piece === 'string' ? piece : decoder.push(piece).map(textOfEvent).join('')))
      .join('');
  }
}

const textOfEvent = (event: ChatEvent): string => (event.type === 'part-delta' ? textOf(event.delta) : '');

function textOf(delta: PartDelta): string {
  switch (delta.kind) {
    case 'text':
      return delta.text;
    case 'arguments':
      return delta.json;
    case 'audio':
      return delta.transcript ?? '';
    default:
      return '';
  }
}
