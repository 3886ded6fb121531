import { spliceMembers } from '#libs/dialects';
import type { Quirk } from '../provider.js';
import { isClaude } from './models.js';

/**
 * Claude's body at Vertex AI says the version of the API, which is a header elsewhere, and not the model, which is in the URL.
 * docs.claude.com/en/api/claude-on-vertex-ai
 */
export const claudeBody: Quirk = (body, { upstreamModel }) =>
  isClaude(upstreamModel) ? spliceMembers(body, { anthropic_version: 'vertex-2023-10-16', model: undefined }) : body;
