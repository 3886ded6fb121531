import OpenAI from 'openai';
import type { ErrorKind } from './client.js';

/** For OpenAI's own SDK, and the clients built on it. */
export function openaiErrorKind(error: unknown): ErrorKind {
  if (error instanceof OpenAI.NotFoundError) return 'not-found';
  return error instanceof OpenAI.RateLimitError ? 'rate-limit' : 'other';
}
