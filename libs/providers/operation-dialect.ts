import type { OperationDialectId } from '#libs/dialects';
import type { Operation, Provider } from './provider.js';

/** What most vendors took over: OpenAI's formats, and Jina's for ranking. Counting tokens has nobody's. */
const USUAL: Partial<Record<Operation, OperationDialectId>> = {
  embeddings: 'openai-embeddings',
  moderations: 'openai-moderations',
  images: 'openai-images',
  speech: 'openai-speech',
  transcriptions: 'openai-transcriptions',
  rerank: 'jina-rerank',
};

/** The wire format of a provider's operation beside chat; null where it does not have the operation. */
export function operationDialectOf(
  { paths, operationDialects }: Provider,
  operation: Operation,
): OperationDialectId | null {
  if (!paths[operation]) return null;
  return operationDialects?.[operation] ?? USUAL[operation] ?? null;
}
