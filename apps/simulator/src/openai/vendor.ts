import { bearerOf, rejects, type Vendor } from '../vendor.js';
import { chatCompletions } from './chat.js';
import { completions } from './completions.js';
import { embeddings } from './embeddings.js';
import { openaiError, openaiHeaders } from './errors.js';
import { imageGenerations } from './images.js';
import { getModel, listModels } from './models.js';
import { moderations } from './moderations.js';
import { responses } from './responses.js';
import { speech } from './speech.js';
import { transcriptions } from './transcriptions.js';

/** OpenAI, at `/openai/v1`. */
export const openai: Vendor = {
  name: 'openai',
  prefix: '/openai/v1',
  endpoints: [
    chatCompletions,
    completions,
    responses,
    embeddings,
    moderations,
    imageGenerations,
    speech,
    transcriptions,
    listModels,
    getModel,
  ],
  refuseCredential: ({ headers }) => {
    const secret = bearerOf(headers);
    if (secret === '')
      return openaiError(401, {
        message:
          "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
      });
    return rejects(secret) ? openaiError(401, { message: 'Incorrect API key provided.' }) : null;
  },
  error: openaiError,
  headers: openaiHeaders,
};
