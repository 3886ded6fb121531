import type { TokenCounts, TollgateError } from '#libs/core';
import type { Encoded, Envelope, UpstreamFailure } from '../dialect.js';
import type { JsonObject, UpstreamError } from '../neutral/index.js';

/** Wire formats of everything that is not chat: whose it is and what for. */
export type OperationDialectId =
  | 'openai-embeddings'
  | 'mistral-embeddings'
  | 'gemini-embeddings'
  | 'openai-moderations'
  | 'openai-images'
  | 'openai-speech'
  | 'openai-transcriptions'
  | 'jina-rerank'
  | 'cohere-rerank'
  | 'anthropic-count-tokens'
  | 'gemini-count-tokens';

/** What a request makes a model read and say, before anybody has counted it. */
export interface Load {
  /** Text that the model reads, each so many times. */
  readonly texts: readonly { readonly text: string; readonly times: number }[];
  /** Likely tokens beside those of the texts, in and out: booked where the provider does not tell. */
  readonly beside: TokenCounts;
  /** The most that there can be beside the texts. */
  readonly most: { readonly input: number; readonly output: number };
  /** How often a price per request is charged: calls, images, search units. 0 where the operation is free. */
  readonly units: number;
  /** Whether tokens tell all that is used, where the provider does not say. */
  readonly inTokens: boolean;
}

export interface OperationRequest {
  readonly dialect: OperationDialectId;
  /** What the client sent as model. */
  readonly model: string;
  readonly stream: boolean;
  /** Several inputs in one request, for vendors that have a method of its own for that. */
  readonly batch: boolean;
  readonly endUser?: string;
  readonly load: Load;
}

/** What a provider says that it did. */
export interface OperationUsage {
  /** Zero where the vendor does not count in tokens. */
  readonly tokens: TokenCounts;
  /** As in Load, as the provider counts. */
  readonly units: number;
  /** Whether tokens tell all that was used; false where images, seconds or searches are billed. */
  readonly inTokens: boolean;
}

export interface OperationAnswer {
  readonly usage: OperationUsage | undefined;
  /** What the provider says answered. */
  readonly model: string | undefined;
}

export interface OperationTarget {
  readonly upstreamModel: string;
}

/**
 * A wire format of one operation. Two dialects of the same operation share its neutral request and answer, so that any pair
 * of them translates; the table in index.ts holds them with those types forgotten.
 */
export interface OperationDialect<
  Q extends OperationRequest = OperationRequest,
  A extends OperationAnswer = OperationAnswer,
> {
  readonly id: OperationDialectId;
  /** Throws `invalid_request` with `param` on anything malformed that matters here; the provider judges the rest. */
  decodeRequest(body: JsonObject, envelope: Envelope): Q;
  /** The top-level members that name the model: all that changes in a body that is passed on. */
  modelMembers(body: JsonObject, target: OperationTarget): JsonObject;
  /** Throws `upstream_error` when the body is no answer of this operation. */
  decodeResponse(body: JsonObject): A;
  /** Whether an answer in this dialect is as it was asked for; absent = always. Some vendors pass over how numbers should be written. */
  asAsked?(answer: A, request: Q): boolean;
  /** How this dialect says what another one asked. Absent where only the dialect's own clients can ask. */
  encodeRequest?(request: Q, target: OperationTarget): Encoded & { readonly batch?: boolean };
  /** How this dialect answers what another one, or the gateway itself, answered. */
  encodeResponse?(answer: A, request: Q): JsonObject;
  /** What an answer can be beside JSON and events: sound, or the text of a transcript in some format. */
  readonly plain?: 'sound' | 'text';
  /** What the data of one streamed event says of usage. */
  usageOfEvent?(data: JsonObject): OperationUsage | undefined;
  decodeError(failure: UpstreamFailure): UpstreamError;
  /** The body of an error answer. */
  renderError(error: TollgateError): JsonObject;
  /** Wire text that ends a stream which already began, with this error. */
  renderStreamError(error: TollgateError): string;
}
