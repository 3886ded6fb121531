import type { OperationAnswer, OperationRequest } from '../operation.js';

/** A request to order documents by how well they answer a query, in no vendor's words. */
export interface RerankRequest extends OperationRequest {
  readonly query: string;
  readonly documents: readonly RerankDocument[];
  /** How many of the best are wanted; absent = all. */
  readonly topN?: number;
  /** Whether the documents are wanted back; absent = the client did not say. */
  readonly returnDocuments?: boolean;
  /** Fields that the decoder has no neutral place for, by their wire name. */
  readonly rest: readonly string[];
}

export interface RerankDocument {
  readonly text: string;
  /** As the client wrote it. */
  readonly raw: unknown;
}

export interface Ranking extends OperationAnswer {
  readonly id: string | undefined;
  /** Best first. */
  readonly results: readonly { readonly index: number; readonly score: number }[];
  /** What Cohere bills by. */
  readonly searchUnits: number | undefined;
}

/** Documents that make up one search unit of Cohere's. https://docs.cohere.com/docs/rerank-overview */
const DOCUMENTS_PER_SEARCH_UNIT = 100;

export const searchUnitsOf = (documents: number): number => Math.ceil(documents / DOCUMENTS_PER_SEARCH_UNIT);
