import { type ChatDialect, chatDialects, type DialectId } from '#libs/dialects';
import type { Surface } from '../call/call.types.js';

function surface(id: DialectId): Surface {
  return { id, dialect: chatDialects[id] as ChatDialect };
}

/** Every client-facing API for chat models: one per dialect that applications speak. */
export const surfaces = {
  openaiChat: surface('openai-chat'),
  anthropicMessages: surface('anthropic-messages'),
  gemini: surface('gemini'),
} as const;
