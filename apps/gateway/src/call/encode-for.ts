import type { ChatDialect, ChatRequest, Encoded, PassThrough } from '#libs/dialects';
import { bodyFor, urlFor } from '#libs/providers';
import { goesAsItIs, type Language, languageOf, targetOf } from '#libs/routing';
import type { LiveModel } from '../live/live.js';
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

/** Which dialect to speak with this model, and what to say. `inside`: something on our side must see the answer's text. */
export function encodeFor(live: LiveModel, { request, body, text }: Parsed, inside: boolean): Outgoing {
  const language = languageOf(live, request.dialect);
  const { dialect } = language;
  const target = targetOf(live);
  if (!goesAsItIs(language, request, body, target)) return translated(live, request, language);
  const passThrough = dialect.passThrough(text, body, target);
  return {
    dialect,
    ...addressed(live, request, language, passThrough.body),
    passThrough: inside ? null : passThrough,
    encoded: null,
  };
}

/** A request that ends with the beginning of its answer, which is only defined for chat. */
export function encodeContinuation(live: LiveModel, request: ChatRequest): Outgoing {
  return translated(live, request, { operation: 'chat', dialect: live.dialect });
}

function translated(live: LiveModel, request: ChatRequest, language: Language): Outgoing {
  const encoded = language.dialect.encodeRequest(request, targetOf(live));
  return {
    dialect: language.dialect,
    ...addressed(live, request, language, JSON.stringify(encoded.body)),
    passThrough: null,
    encoded,
  };
}

function addressed(live: LiveModel, { stream }: ChatRequest, { operation }: Language, json: string) {
  const facts = { upstreamModel: live.model.upstreamModel, stream };
  return {
    url: urlFor(live.provider, live.access, operation, facts),
    body: bodyFor(live.provider, live.access, json, facts),
  };
}
