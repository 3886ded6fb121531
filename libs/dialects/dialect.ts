import type { TollgateError } from '#libs/core';
import type {
  ChatEvent,
  ChatRequest,
  ChatResponse,
  DialectId,
  JsonObject,
  UpstreamError,
  Usage,
} from './neutral/index.js';

/** What the URL says in dialects whose body does not (Gemini: model and stream flag). */
export interface Envelope {
  readonly model?: string;
  readonly stream?: boolean;
}

/** What the upstream model can do, as far as encoding depends on it. */
export interface EncodeTarget {
  readonly upstreamModel: string;
  /** The model's own cap, needed by dialects in which a limit is mandatory (Anthropic). */
  readonly maxOutputTokens: number;
  /** Provider id, for the few fields that one vendor of a dialect takes and another refuses. */
  readonly provider: string;
}

export interface Encoded {
  readonly body: JsonObject;
  /** Wire names, in the client's dialect, of what could not be said in this one. Never dropped in silence. */
  readonly dropped: readonly string[];
  /** Name of the forced tool that stands in for structured output; the decoder turns its call back into text. */
  readonly outputTool?: string;
}

export interface DecodeContext {
  readonly outputTool?: string;
}

/** What an encoder of answers needs to know about the call it answers. */
export interface Reply {
  /** Id to show when the dialect's ids have their own shape; the call id without dashes is a good tail. */
  readonly callId: string;
  /** Seconds since the epoch. */
  readonly createdSec: number;
  /** The model name to show: what the client asked for. */
  readonly model: string;
  readonly request: ChatRequest;
}

/** One server-sent event (or one frame of a binary event stream). `raw` is what to forward to pass it on unchanged. */
export interface WireEvent {
  readonly event: string | null;
  readonly data: string;
  readonly raw: Uint8Array;
}

export interface StreamDecoder {
  push(event: WireEvent): readonly ChatEvent[];
  /** The upstream closed. Closes open parts; emits `end` only if the dialect's own terminal event had come. */
  finish(): readonly ChatEvent[];
}

export interface StreamEncoder {
  /** Wire text to write for one neutral event; empty when it says nothing yet. */
  push(event: ChatEvent): string;
}

/** What a pass-through stream is asked for each event, without decoding its content. */
export interface StreamMeter {
  /**
   * `forward`: send `event.raw` on. `content`: it carries the answer (after the first such event failover is over).
   * An error inside the stream is reported once, in the event that carries it.
   */
  push(event: WireEvent): { readonly forward: boolean; readonly content: boolean; readonly error?: UpstreamError };
  readonly usage: Usage | undefined;
  readonly answeredModel: string | undefined;
  /** Whether the dialect's terminal event has come: no more will. Never, where a dialect has none. */
  readonly ended: boolean;
  /** Whether the answer would be whole if the upstream closed now. More may come all the same: usage, another finish. */
  readonly complete: boolean;
}

export interface PassThrough {
  /** The client's body, byte for byte but for the model name and, in a stream, the request for usage. */
  readonly body: string;
  /** Made for this request: strips what the client did not ask for. */
  readonly meter: StreamMeter;
}

/** An upstream answer that is not a success: whatever it was, even an HTML page. */
export interface UpstreamFailure {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Milliseconds since the epoch, for dates in `retry-after`. */
  readonly nowMs: number;
}

/** A wire format for chat models: both directions, whole and streamed. Stateless but for the streams it opens. */
export interface ChatDialect {
  readonly id: DialectId;
  /** Throws `invalid_request` with `param` on anything malformed. */
  decodeRequest(body: JsonObject, envelope: Envelope): ChatRequest;
  encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded;
  /** Throws `upstream_error` when the body is not of this dialect. */
  decodeResponse(body: JsonObject, context: DecodeContext): ChatResponse;
  encodeResponse(response: ChatResponse, reply: Reply): JsonObject;
  decoder(context: DecodeContext): StreamDecoder;
  encoder(reply: Reply): StreamEncoder;
  /**
   * Same dialect on both sides: whether the vendor takes this request as it is, and answers in words that every client of the
   * dialect knows. If not, it is translated as between dialects.
   */
  takesAsIs(body: JsonObject, target: EncodeTarget): boolean;
  /** Same dialect on both sides: the original text with the model name replaced. `body` is `text` parsed. */
  passThrough(text: string, body: JsonObject, target: EncodeTarget): PassThrough;
  usageOf(body: JsonObject): Usage | undefined;
  answeredModelOf(body: JsonObject): string | undefined;
  decodeError(failure: UpstreamFailure): UpstreamError;
  /** The body of an error answer. */
  renderError(error: TollgateError): JsonObject;
  /** Wire text that ends a stream which already began, with this error. */
  renderStreamError(error: TollgateError): string;
}
