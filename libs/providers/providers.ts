import { anthropic } from './anthropic/provider.js';
import { azureContentSafety } from './azure-content-safety/provider.js';
import { azureOpenai } from './azure-openai/provider.js';
import { bedrock } from './bedrock/provider.js';
import { cohere } from './cohere/provider.js';
import { gemini } from './gemini/provider.js';
import { lakera } from './lakera/provider.js';
import { OPENAI_COMPATIBLE, openaiCompatible } from './openai-compatible.js';
import type { Provider } from './provider.js';
import { vertex } from './vertex/provider.js';

const ALL: readonly Provider[] = [
  ...OPENAI_COMPATIBLE.map(openaiCompatible),
  anthropic,
  gemini,
  azureOpenai,
  vertex,
  bedrock,
  cohere,
  azureContentSafety,
  lakera,
];

/** Every provider by id. */
export const providers: ReadonlyMap<string, Provider> = new Map(ALL.map((provider) => [provider.id, provider]));
