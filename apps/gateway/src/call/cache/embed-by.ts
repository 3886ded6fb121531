import { operationDialects } from '#libs/dialects';
import type { Principal } from '#libs/identity';
import type { CallDeps } from '../call.types.js';
import type { Exchange } from '../exchange.js';
import { operate } from '../operate.js';
import type { OperationSurface } from '../operation/operation.types.js';
import { AskingExchange } from './asking-exchange.js';

const EMBEDDINGS: OperationSurface = {
  id: 'openai-embeddings',
  operation: 'embeddings',
  dialect: operationDialects['openai-embeddings'],
  body: 'json',
};
/** A vector that comes later than this is worth less than asking the model. */
const TIMEOUT_MS = 2_000;

/**
 * A text's vector by a route for embeddings: a call like any other of the same client, admitted, recorded, paid and cached as
 * one. Rejects when it is refused or fails.
 */
export async function embedBy(
  route: string,
  text: string,
  client: Exchange,
  caller: Principal,
  deps: CallDeps,
): Promise<ArrayLike<number>> {
  const asking = new AskingExchange(client, { model: route, input: text }, TIMEOUT_MS);
  await operate(EMBEDDINGS, asking, deps, caller);
  const { data } = asking.answer() as { readonly data?: readonly { readonly embedding?: unknown }[] };
  const embedding = data?.[0]?.embedding;
  if (!Array.isArray(embedding) || !embedding.every(Number.isFinite)) throw new TypeError('an answer without a vector');
  return embedding as readonly number[];
}
