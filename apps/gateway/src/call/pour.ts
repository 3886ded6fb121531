import type { StreamAnswer } from './answer.js';
import { AttemptFailed, failedBy } from './attempt-failed.js';
import type { Exchange } from './exchange.js';
import type { Translated } from './translated.js';

export interface Poured {
  /** What completes the answer: written only when the call is settled. */
  readonly withheld: readonly (string | Uint8Array)[];
  /** What broke the stream off; null when it is complete, or when nobody listens any more. */
  readonly broken: AttemptFailed | null;
}

/** Writes a stream as fast as the client reads, up to the piece that would complete it and what may come behind it. */
export async function pour({ translator, first, rest, until }: StreamAnswer, exchange: Exchange): Promise<Poured> {
  let withheld: (string | Uint8Array)[] = [];
  const write = async ({ out, content }: Translated): Promise<void> => {
    if (out.length === 0) return;
    if (!translator.complete) return exchange.write(out, until);
    if (content) {
      // What was taken for the end was none: it may be this.
      for (const piece of withheld) await exchange.write(piece, until);
      withheld = [];
    }
    withheld.push(out);
  };
  try {
    for (const translated of first) await write(translated);
    for await (const translated of rest) {
      const { error } = translated;
      await write(translated);
      if (error) return { withheld: [], broken: new AttemptFailed(error) };
      if (exchange.signal.aborted) break;
    }
  } catch (cause) {
    return { withheld, broken: exchange.signal.aborted || translator.complete ? null : failedBy(cause) };
  } finally {
    await rest.return();
  }
  return { withheld, broken: translator.complete || exchange.signal.aborted ? null : ENDED_EARLY };
}

const ENDED_EARLY = new AttemptFailed({
  kind: 'server',
  message: 'The stream ended without its last event.',
  status: null,
});
