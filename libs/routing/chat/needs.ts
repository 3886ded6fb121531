import type { ChatRequest } from '#libs/dialects';
import type { Needs } from '../facts.js';

/** What the request asks of a model. */
export function needsOf(request: ChatRequest): Needs {
  const parts = request.messages.flatMap((message) => message.parts);
  return {
    vision: parts.some(({ type }) => type === 'image'),
    audio: parts.some(({ type }) => type === 'audio') || request.audio !== undefined,
    tools: (request.tools?.length ?? 0) > 0,
    jsonSchema: request.output?.kind === 'json-schema',
    reasoning: request.reasoning !== undefined && request.reasoning.effort !== 'none',
  };
}
