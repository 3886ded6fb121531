import * as developerApi from '../gemini/generate.js';
import type { Endpoint } from '../vendor.js';
import { LOCATION } from './location.js';

/** Google's own models answer as they do in the Developer API; the path is longer. */
function atVertex(endpoint: Endpoint, verb: string): Endpoint {
  return {
    ...endpoint,
    path: new RegExp(`^${LOCATION}/publishers/google/models/([^/:]+):${verb}$`),
    modelOf: ({ captured }) => captured[2],
  };
}

export const generateContent = atVertex(developerApi.generateContent, 'generateContent');
export const streamGenerateContent = atVertex(developerApi.streamGenerateContent, 'streamGenerateContent');
