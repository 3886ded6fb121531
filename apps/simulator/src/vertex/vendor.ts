import { geminiError } from '../gemini/errors.js';
import { isCurrent } from '../google-oauth/accounts.js';
import { bearerOf, type Vendor } from '../vendor.js';
import { rawPredict } from './claude.js';
import { generateContent, streamGenerateContent } from './gemini.js';
import { getLocation } from './location.js';

/** Vertex AI, at `/vertex`, for every project and location. */
export const vertex: Vendor = {
  name: 'vertex',
  prefix: '/vertex',
  endpoints: [generateContent, streamGenerateContent, rawPredict, getLocation],
  refuseCredential: ({ headers, memory }) => (isCurrent(memory, bearerOf(headers)) ? null : geminiError(401)),
  error: geminiError,
  headers: () => ({}),
};
