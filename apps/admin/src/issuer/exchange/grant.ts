import { errors, type KoaContextWithOIDC, type Provider, type TokenEndpointGrantContext } from 'oidc-provider';
import * as clientCredentials from 'oidc-provider/lib/actions/grants/client_credentials.js';
import * as grantHelpers from 'oidc-provider/lib/helpers/grants.js';
import { AUDIENCES } from '#libs/identity';
import { usedCredential } from '../client-authentication.js';
import { ownerOf } from '../client-metadata.js';
import { TOKEN_TTL_SECONDS } from '../resources.js';
import { TOKEN_EXCHANGE } from './grant-type.js';
import { actingFlaw } from './may-act.js';
import { readSubjectToken, type SubjectTokenParts, type VerifiedSubject } from './subject-token.js';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const PARAMETERS = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'audience',
  'resource',
  'scope',
] as const;
type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

/** On whose behalf the token that is being issued will act. Kept beside the request, as the credential is. */
const exchanged = new WeakMap<object, VerifiedSubject>();

export function exchangedSubject(context: KoaContextWithOIDC): VerifiedSubject | undefined {
  return exchanged.get(context);
}

/**
 * Token exchange (RFC 8693) by delegation: the client is the actor, and gets a gateway token of its own that says on whose
 * behalf it acts. Once that is clear the token is issued as by client credentials, by the same code of oidc-provider; the
 * claims (token-claims.ts) and the lifetime take the subject into account.
 */
export function registerTokenExchange(provider: Provider, parts: SubjectTokenParts): void {
  const helpers = Object.fromEntries(
    Object.entries(grantHelpers).map(([name, helper]) => [name, helper.bind(undefined, provider)]),
  );
  const handler = async (context: TokenEndpointGrantContext<Parameters>): Promise<void> => {
    exchanged.set(context, await subjectFor(context, parts));
    await clientCredentials.handler(provider, helpers, context);
    context.body = { ...(context.body as object), issued_token_type: ACCESS_TOKEN };
  };
  provider.registerGrantType(TOKEN_EXCHANGE, handler, PARAMETERS, ['resource', 'audience']);
}

/** Seconds that a token may live: an exchanged one not longer than what it was exchanged for. */
export function lifetimeOf(context: KoaContextWithOIDC, nowMs: number): number {
  const subject = exchanged.get(context);
  return subject ? Math.max(1, Math.min(TOKEN_TTL_SECONDS, Math.floor(subject.exp - nowMs / 1000))) : TOKEN_TTL_SECONDS;
}

/** Throws unauthorized_client, invalid_target, and invalid_request for a subject that is not acceptable (RFC 8693 §2.2.2). */
async function subjectFor(
  context: TokenEndpointGrantContext<Parameters>,
  parts: SubjectTokenParts,
): Promise<VerifiedSubject> {
  const { client, params } = context.oidc;
  const owner = ownerOf(client);
  if (owner.kind !== 'service' || owner.actsFor === null || usedCredential(context) === undefined)
    throw new errors.UnauthorizedClient('this client acts on behalf of nobody');
  const token = requiredToken(params);
  const subject = await readSubjectToken(token, { ...owner, actsFor: owner.actsFor }, parts);
  if (!subject) throw new errors.InvalidRequest('subject_token is not valid, or of no issuer that is trusted here');
  const flaw = await actingFlaw({ ...owner, actsFor: owner.actsFor }, subject, parts.prisma);
  if (flaw !== undefined) throw new errors.InvalidRequest(flaw);
  return subject;
}

function requiredToken(params: Parameters & Readonly<Record<string, unknown>>): string {
  const { subject_token: token, subject_token_type: type, requested_token_type: requested = ACCESS_TOKEN } = params;
  if (!token) throw new errors.InvalidRequest('subject_token is required');
  if (type !== ACCESS_TOKEN && type !== JWT)
    throw new errors.InvalidRequest(`subject_token_type must be ${ACCESS_TOKEN} or ${JWT}`);
  if (params.actor_token !== undefined || params.actor_token_type !== undefined)
    throw new errors.InvalidRequest('the actor is the client itself: actor_token is not taken');
  if (requested !== ACCESS_TOKEN && requested !== JWT)
    throw new errors.InvalidRequest('requested_token_type must be an access token');
  if (params.scope) throw new errors.InvalidScope('gateway tokens have no scopes', params.scope);
  if ([params.audience ?? []].flat().some((audience) => audience !== AUDIENCES.gateway))
    throw new errors.InvalidTarget(`audience can only be ${AUDIENCES.gateway}`);
  return token;
}
