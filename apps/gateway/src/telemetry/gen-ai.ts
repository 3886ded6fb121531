import type { Attributes } from '@opentelemetry/api';
import type { AttemptRecord, UsageEvent } from '#libs/messages';
import { totalInput, totalOutput } from '#libs/metering';

/**
 * What OpenTelemetry's conventions for generative AI call the things in a usage event. Never a prompt or an answer: a usage
 * event has none. https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
 */
const OPERATIONS: Readonly<Record<string, string>> = {
  'openai-completions': 'text_completion',
  'openai-embeddings': 'embeddings',
  'gemini-embeddings': 'embeddings',
  gemini: 'generate_content',
  'openai-images': 'generate_content',
  'openai-speech': 'generate_content',
};

/** Names that the conventions know and we spell otherwise. */
const PROVIDERS: Readonly<Record<string, string>> = {
  gemini: 'gcp.gemini',
  'vertex-gemini': 'gcp.vertex_ai',
  'vertex-claude': 'gcp.vertex_ai',
  bedrock: 'aws.bedrock',
  'azure-openai': 'azure.ai.openai',
  mistral: 'mistral_ai',
  xai: 'x_ai',
  moonshot: 'moonshot_ai',
};

const OTHERS: Readonly<Record<string, string>> = {
  rerank: 'rerank',
  moderations: 'moderation',
  tokens: 'count_tokens',
};

/** `chat`, `embeddings`, …; what the conventions have no name for keeps its own. */
export function operationOf({ surface }: Pick<UsageEvent, 'surface'>): string {
  const other = Object.keys(OTHERS).find((word) => surface.endsWith(word));
  return OPERATIONS[surface] ?? (other && OTHERS[other]) ?? 'chat';
}

/** What metrics are kept apart by: few values each. */
export function labelsOf(event: UsageEvent): Attributes {
  return {
    'gen_ai.operation.name': operationOf(event),
    'gen_ai.provider.name': event.provider === null ? 'tollgate' : (PROVIDERS[event.provider] ?? event.provider),
    // A name that is no route of ours could be anything, and there would be no end of series.
    'gen_ai.request.model': event.route ?? '',
    ...(event.model !== null && { 'gen_ai.response.model': event.upstreamModel ?? event.model }),
    ...(event.error !== null && { 'error.type': event.error }),
  };
}

/** Everything that a span says about the call. */
export function attributesOf(event: UsageEvent): Attributes {
  return {
    ...labelsOf(event),
    'gen_ai.request.model': event.requestedModel,
    ...(event.answeredModel !== null && { 'gen_ai.response.model': event.answeredModel }),
    ...(event.session !== null && { 'gen_ai.conversation.id': event.session }),
    ...(event.agent !== null && { 'gen_ai.agent.name': event.agent }),
    'gen_ai.usage.input_tokens': totalInput(event.tokens),
    'gen_ai.usage.output_tokens': totalOutput(event.tokens),
    'http.response.status_code': event.status,
    'tollgate.call.id': event.callId,
    'tollgate.request.id': event.requestId,
    'tollgate.organization.id': event.organizationId,
    'tollgate.team': event.team,
    'tollgate.service': event.service,
    ...(event.route !== null && { 'tollgate.route': event.route }),
    ...(event.model !== null && { 'tollgate.model': event.model }),
    'tollgate.surface': event.surface,
    'tollgate.stream': event.stream,
    'tollgate.cache': event.cache,
    'tollgate.cost.nano_usd': event.costNanoUsd,
    'tollgate.estimated': event.estimated,
  };
}

export function attributesOfAttempt({ model, outcome, status }: AttemptRecord): Attributes {
  return {
    'tollgate.model': model,
    'tollgate.attempt.outcome': outcome,
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(outcome !== 'ok' && { 'error.type': outcome }),
  };
}
