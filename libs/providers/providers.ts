import { anthropic } from './anthropic/provider.js';
import { gemini } from './gemini/provider.js';
import { OPENAI_COMPATIBLE, openaiCompatible } from './openai-compatible.js';
import type { Provider } from './provider.js';

/** Every provider by id. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  [...OPENAI_COMPATIBLE.map(openaiCompatible), anthropic, gemini].map((provider) => [provider.id, provider]),
);
