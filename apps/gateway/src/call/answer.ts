import type { Used } from '#libs/cache';
import type { ChatRequest, ChatResponse, Usage } from '#libs/dialects';
import type { LiveModel } from '../live/live.js';
import type { OutputTally } from './output-tally.js';
import type { StreamTranslator } from './stream-translator.js';
import type { Translated } from './translated.js';

/** An answer that is there as a whole, from a provider or from the cache. */
export interface WholeAnswer {
  readonly kind: 'whole';
  readonly from: 'upstream' | 'cache';
  /** The provider's own text, when it can go to the client as it is. */
  readonly verbatim: string | null;
  readonly response: ChatResponse;
  readonly usage: Usage | undefined;
  /** What an answer from the cache has used when it was asked. */
  readonly saved?: Used;
  readonly dropped: readonly string[];
}

/** A streamed answer whose first content has arrived: nothing can fail over any more. */
export interface StreamAnswer {
  readonly kind: 'stream';
  readonly from: 'upstream';
  readonly model: LiveModel;
  /** What the model was asked. */
  readonly asked: ChatRequest;
  readonly translator: StreamTranslator;
  readonly tally: OutputTally;
  /** What was translated while waiting for the first content. */
  readonly first: readonly Translated[];
  /** Aborted when the call's time is up: then nobody waits any more for a client that takes nothing. */
  readonly until: AbortSignal;
  /** The rest, one per upstream event; ends when the upstream does. Returning early gives the connection back. */
  readonly rest: AsyncGenerator<Translated, void, void>;
  readonly dropped: readonly string[];
}

export type Answer = (WholeAnswer | StreamAnswer) & {
  /** The model that gave it; null when it came from the cache and the model is gone. */
  readonly model: LiveModel | null;
};
