import type { StreamAnswer } from './answer.js';
import { AttemptFailed, failedBy } from './attempt-failed.js';
import type { Exchange } from './exchange.js';

export interface Poured {
  /** What completes the answer: written only when the call is settled. */
  readonly withheld: readonly (string | Uint8Array)[];
  /** What broke the stream off; null when it is complete, or when nobody listens any more. */
  readonly broken: AttemptFailed | null;
}

/** Writes a stream as fast as the client reads, up to the piece that would complete it. */
export async function pour({ translator, first, rest }: StreamAnswer, exchange: Exchange): Promise<Poured> {
  const withheld: (string | Uint8Array)[] = [];
  const write = async (out: string | Uint8Array): Promise<void> => {
    if (out.length === 0) return;
    if (translator.ended) withheld.push(out);
    else await exchange.write(out);
  };
  try {
    for (const { out } of first) await write(out);
    for await (const { out, error } of rest) {
      await write(out);
      if (error) return { withheld: [], broken: new AttemptFailed(error) };
      if (exchange.signal.aborted) break;
    }
  } catch (cause) {
    return { withheld: [], broken: exchange.signal.aborted ? null : failedBy(cause) };
  } finally {
    await rest.return();
  }
  return { withheld, broken: translator.ended || exchange.signal.aborted ? null : ENDED_EARLY };
}

const ENDED_EARLY = new AttemptFailed({
  kind: 'server',
  message: 'The stream ended without its last event.',
  status: null,
});
