import type { Operation, Provider } from './provider.js';

const OPENAI_PATHS = {
  chat: '/chat/completions',
  completions: '/completions',
  responses: '/responses',
  embeddings: '/embeddings',
  moderations: '/moderations',
  images: '/images/generations',
  speech: '/audio/speech',
  transcriptions: '/audio/transcriptions',
  rerank: '/rerank',
} as const satisfies Partial<Record<Operation, string>>;

type OpenAiOperation = keyof typeof OPENAI_PATHS;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string | null;
  /** Operations beside chat that the vendor documents. */
  readonly also?: readonly OpenAiOperation[];
  /** A vendor of other models only. */
  readonly withoutChat?: true;
  /** Where the vendor's format is not the one that most have. */
  readonly operationDialects?: Provider['operationDialects'];
}

/**
 * Everyone who speaks OpenAI's chat format with a bearer token. A new one costs one entry here and no code; see
 * docs/guides/add-a-provider.md. Base URLs are those of each vendor's API reference.
 */
export const OPENAI_COMPATIBLE: readonly Row[] = [
  {
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    also: ['completions', 'responses', 'embeddings', 'moderations', 'images', 'speech', 'transcriptions'],
  },
  {
    id: 'mistral',
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    also: ['embeddings', 'moderations'],
    operationDialects: { embeddings: 'mistral-embeddings' },
  },
  { id: 'groq', name: 'Groq', baseUrl: 'https://api.groq.com/openai/v1', also: ['speech', 'transcriptions'] },
  {
    id: 'together',
    name: 'Together',
    baseUrl: 'https://api.together.xyz/v1',
    also: ['completions', 'embeddings', 'images', 'rerank'],
  },
  {
    id: 'fireworks',
    name: 'Fireworks',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    also: ['completions', 'embeddings'],
  },
  { id: 'deepseek', name: 'DeepSeek', baseUrl: 'https://api.deepseek.com/v1' },
  { id: 'xai', name: 'xAI', baseUrl: 'https://api.x.ai/v1', also: ['responses', 'images'] },
  { id: 'perplexity', name: 'Perplexity', baseUrl: 'https://api.perplexity.ai' },
  { id: 'openrouter', name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', also: ['completions'] },
  { id: 'cerebras', name: 'Cerebras', baseUrl: 'https://api.cerebras.ai/v1', also: ['completions'] },
  { id: 'moonshot', name: 'Moonshot', baseUrl: 'https://api.moonshot.ai/v1' },
  { id: 'jina', name: 'Jina', baseUrl: 'https://api.jina.ai/v1', also: ['embeddings', 'rerank'], withoutChat: true },
  { id: 'ollama', name: 'Ollama', baseUrl: null, also: ['completions', 'embeddings'] },
  {
    id: 'vllm',
    name: 'vLLM',
    baseUrl: null,
    also: ['completions', 'responses', 'embeddings', 'transcriptions', 'rerank'],
  },
  { id: 'openai-compatible', name: 'OpenAI-compatible', baseUrl: null, also: ['completions', 'embeddings'] },
];

/** The row as a provider. */
export function openaiCompatible(row: Row): Provider {
  const { also = [], withoutChat, operationDialects } = row;
  const operations: readonly OpenAiOperation[] = withoutChat ? also : ['chat', ...also];
  return {
    id: row.id,
    name: row.name,
    baseUrl: row.baseUrl,
    auth: { kind: 'bearer' },
    dialect: 'openai-chat',
    paths: Object.fromEntries(operations.map((operation) => [operation, () => OPENAI_PATHS[operation]])),
    ...(operationDialects && { operationDialects }),
    probePath: '/models',
  };
}
