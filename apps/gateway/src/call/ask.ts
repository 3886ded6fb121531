import type { ChatRequest, JsonObject } from '#libs/dialects';
import type { Operation } from '#libs/providers';
import { droppedFor, type InputSize, type Needs, needsOf, outputTokensMax, servesChat, sizeOf } from '#libs/routing';
import type { LiveModel } from '../live/live.js';

/** What routing, admission and the record must know of a request, whatever was asked for. */
export interface Ask {
  readonly operation: Operation;
  /** Id of the surface's dialect. */
  readonly surface: string;
  /** What the client sent as model. */
  readonly model: string;
  readonly endUser: string | null;
  readonly stream: boolean;
  readonly size: InputSize;
  readonly needs: Needs;
  /** How often a price per request is charged: calls, images, search units. 0 where the operation is free. */
  readonly units: number;
  /** What the client asked for; 0 when it did not say. */
  readonly outputTokensWanted: number;
  /** The most output tokens that an answer can bring, of a model with this cap. */
  readonly outputTokensMax: (cap: number | undefined) => number;
  /** Whether the model's provider has an operation that answers this, in this dialect or one that it can be translated to. */
  readonly servedBy: (live: LiveModel) => boolean;
  /** Names of the parameters that the model would not be told, as the client wrote them. */
  readonly droppedBy: (live: LiveModel) => readonly string[];
}

/** A request to a chat model: any provider of chat models can answer it, whatever dialect they speak. */
export function askOfChat(request: ChatRequest, body: JsonObject): Ask {
  return {
    operation: 'chat',
    surface: request.dialect,
    model: request.model,
    endUser: request.endUser ?? null,
    stream: request.stream,
    size: sizeOf(request),
    needs: needsOf(request),
    units: 1,
    outputTokensWanted: request.maxOutputTokens ?? 0,
    outputTokensMax: (cap) => outputTokensMax(request, cap),
    servedBy: ({ provider }) => servesChat(provider, request.dialect),
    droppedBy: (live) => droppedFor(live, request, body),
  };
}
