import { TollgateError } from '#libs/core';
import type { ChatDialect, ChatRequest, DialectId, EncodeTarget, JsonObject } from '#libs/dialects';
import { chatDialects } from '#libs/dialects';
import type { Operation, Provider } from '#libs/providers';
import type { Model } from '../model.js';

/** Dialects that are operations of their own at providers which have them: asked in kind, they are answered in kind. */
export const OWN_OPERATION: Partial<Record<string, Operation>> = {
  'openai-responses': 'responses',
  'openai-completions': 'completions',
};

/** Output cap where neither client nor model say: needed by dialects in which a limit is mandatory. */
const OUTPUT_TOKENS_DEFAULT = 8_192;

/** A model with what its provider's chat operation is asked in. */
export interface Spoken {
  readonly model: Model;
  readonly provider: Provider;
  readonly dialect: ChatDialect;
}

/** The operation by which a request is put to a model, and its dialect. */
export interface Language {
  readonly operation: Operation;
  readonly dialect: ChatDialect;
}

/** Whether a provider can answer a request in this chat dialect: any with chat models, whatever dialect they speak. */
export function servesChat({ paths }: Pick<Provider, 'paths'>, dialect: string): boolean {
  const own = OWN_OPERATION[dialect];
  return paths.chat !== undefined || (own !== undefined && paths[own] !== undefined);
}

/** How a request in this dialect is put to a model: in kind, where its provider has the operation, else by its chat operation. */
export function languageOf({ provider, dialect: spoken }: Omit<Spoken, 'model'>, asked: DialectId): Language {
  const own = OWN_OPERATION[asked];
  const dialect = chatDialects[asked];
  if (own && dialect && provider.paths[own]) return { operation: own, dialect };
  return { operation: 'chat', dialect: spoken };
}

/** What encoding must know of a model. */
export const targetOf = ({ model, provider }: Omit<Spoken, 'dialect'>): EncodeTarget => ({
  upstreamModel: model.upstreamModel,
  maxOutputTokens: model.limits.maxOutputTokens ?? OUTPUT_TOKENS_DEFAULT,
  provider: provider.id,
});

/** Whether the client's own body goes on to the model, but for its name there. */
export const goesAsItIs = ({ dialect }: Language, request: ChatRequest, body: JsonObject, target: EncodeTarget) =>
  dialect.id === request.dialect && dialect.takesAsIs(body, target);

/** Names of the parameters that this model would not be told, as the client wrote them; also that without which it cannot be asked at all. */
export function droppedFor(spoken: Spoken, request: ChatRequest, body: JsonObject): readonly string[] {
  const language = languageOf(spoken, request.dialect);
  const target = targetOf(spoken);
  if (goesAsItIs(language, request, body, target)) return [];
  try {
    return language.dialect.encodeRequest(request, target).dropped;
  } catch (cause) {
    // Without a name there is nothing to tell a client here: the attempt finds out, and says it in its own words.
    if (cause instanceof TollgateError && cause.code === 'invalid_request') return cause.param ? [cause.param] : [];
    throw cause;
  }
}
