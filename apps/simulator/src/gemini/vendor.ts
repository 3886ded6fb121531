import { bearerOf, rejects, type Vendor } from '../vendor.js';
import { countTokensEndpoint } from './count-tokens.js';
import { batchEmbedContents, embedContent } from './embed.js';
import { geminiError, unknownKey } from './errors.js';
import { generateContent, streamGenerateContent } from './generate.js';
import { listModels } from './models.js';

/** Gemini's Developer API, at `/gemini` (its base URL carries no version). */
export const gemini: Vendor = {
  name: 'gemini',
  prefix: '/gemini',
  endpoints: [
    generateContent,
    streamGenerateContent,
    embedContent,
    batchEmbedContents,
    countTokensEndpoint,
    listModels,
  ],
  refuseCredential: ({ headers, query }) => {
    const key = headers['x-goog-api-key'] ?? query.get('key') ?? bearerOf(headers);
    const secret = String(key);
    if (secret === '')
      return geminiError(401, {
        message:
          'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
      });
    if (rejects(secret)) return geminiError(401);
    return secret.includes('unknown') ? unknownKey() : null;
  },
  error: geminiError,
  headers: () => ({ 'server-timing': 'gfet4t7; dur=12' }),
};
