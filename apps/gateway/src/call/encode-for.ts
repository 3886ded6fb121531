import { type ChatDialect, type ChatRequest, chatDialects, type Encoded, type PassThrough } from '#libs/dialects';
import { bodyFor, type Operation, urlFor } from '#libs/providers';
import type { LiveModel } from '../live/live.js';
import { OWN_OPERATION } from './ask.js';
import type { Parsed } from './call.types.js';

/** A request in the words of one candidate. */
export interface Outgoing {
  readonly dialect: ChatDialect;
  readonly url: string;
  readonly body: string;
  /** Set when both sides speak the same dialect and nobody needs to look inside. */
  readonly passThrough: PassThrough | null;
  readonly encoded: Encoded | null;
}

/** Output cap where neither client nor model say: needed by dialects in which a limit is mandatory. */
const OUTPUT_TOKENS_DEFAULT = 8_192;

/** Which dialect to speak with this model, and what to say. `inside`: something on our side must see the answer's text. */
export function encodeFor(live: LiveModel, { request, body, text }: Parsed, inside: boolean): Outgoing {
  const { operation, dialect } = languageOf(live, request);
  const facts = { upstreamModel: live.model.upstreamModel, stream: request.stream };
  const url = urlFor(live.provider, live.access, operation, facts);
  const finished = (json: string): string => bodyFor(live.provider, live.access, json, facts);
  const target = {
    upstreamModel: live.model.upstreamModel,
    maxOutputTokens: live.model.limits.maxOutputTokens ?? OUTPUT_TOKENS_DEFAULT,
    provider: live.provider.id,
  };
  if (dialect.id === request.dialect) {
    const passThrough = dialect.passThrough(text, body, target);
    return {
      dialect,
      url,
      body: finished(passThrough.body),
      passThrough: inside ? null : passThrough,
      encoded: null,
    };
  }
  const encoded = dialect.encodeRequest(request, target);
  return { dialect, url, body: finished(JSON.stringify(encoded.body)), passThrough: null, encoded };
}

function languageOf(live: LiveModel, request: ChatRequest): { operation: Operation; dialect: ChatDialect } {
  const own = OWN_OPERATION[request.dialect];
  const dialect = chatDialects[request.dialect];
  if (own && dialect && live.provider.paths[own]) return { operation: own, dialect };
  return { operation: 'chat', dialect: live.dialect };
}
