import { anthropicCountTokens } from './count-tokens/anthropic.js';
import { geminiCountTokens } from './count-tokens/gemini.js';
import { geminiEmbeddings } from './embeddings/gemini.js';
import { mistralEmbeddings, openaiEmbeddings } from './embeddings/openai.js';
import { openaiImages } from './openai/images.js';
import { openaiModerations } from './openai/moderations.js';
import { openaiSpeech } from './openai/speech.js';
import { openaiTranscriptions } from './openai/transcriptions.js';
import type { OperationDialect, OperationDialectId } from './operation.js';
import { cohereRerank } from './rerank/cohere.js';
import { jinaRerank } from './rerank/jina.js';

/** Every dialect of an operation other than chat. Those of the same operation translate into each other. */
export const operationDialects: Readonly<Record<OperationDialectId, OperationDialect>> = {
  'openai-embeddings': openaiEmbeddings,
  'mistral-embeddings': mistralEmbeddings,
  'gemini-embeddings': geminiEmbeddings,
  'openai-moderations': openaiModerations,
  'openai-images': openaiImages,
  'openai-speech': openaiSpeech,
  'openai-transcriptions': openaiTranscriptions,
  'jina-rerank': jinaRerank,
  'cohere-rerank': cohereRerank,
  'anthropic-count-tokens': anthropicCountTokens,
  'gemini-count-tokens': geminiCountTokens,
};
