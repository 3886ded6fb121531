import type { JsonObject } from '../../neutral/index.js';
import { decodeError, renderError, renderStreamError } from '../../openai-chat/errors.js';
import type { OperationTarget } from '../operation.js';

/** What OpenAI's operations have in common: the model is a member of the body, and errors look as everywhere. */
export const openaiPlain = {
  modelMembers: (_body: JsonObject, { upstreamModel }: OperationTarget): JsonObject => ({ model: upstreamModel }),
  decodeError,
  renderError,
  renderStreamError,
} as const;
