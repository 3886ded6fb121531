import type { DialectId, OperationDialectId } from '#libs/dialects';

/** What can be asked of a provider. An operation that a provider does not name is one it does not have. */
export type Operation =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'embeddings'
  | 'moderations'
  | 'images'
  | 'speech'
  | 'transcriptions'
  | 'rerank'
  | 'count-tokens';

/** How the secret travels, and with it what a secret is. */
export type Auth =
  /** `Authorization: Bearer KEY`. */
  | { readonly kind: 'bearer' }
  /** The key in a header of its own. `headers` are sent along, e.g. a mandatory version. */
  | { readonly kind: 'header'; readonly name: string; readonly headers?: Readonly<Record<string, string>> }
  /** Each request is signed (AWS Signature Version 4) for this service. */
  | { readonly kind: 'sigv4'; readonly service: string }
  /** A service account's short-lived access token (Google OAuth 2.0) for this scope. */
  | { readonly kind: 'google'; readonly scope: string };

/** What a provider credential says that is no secret: parts of URLs and of what is signed. Null: it does not say. */
export interface Settings {
  readonly region: string | null;
  /** Google Cloud project. */
  readonly project: string | null;
  /** `api-version` of Azure's dated APIs. */
  readonly apiVersion: string | null;
}

export interface PathFacts {
  readonly upstreamModel: string;
  readonly stream: boolean;
  /** Several inputs in one request, where that is a method of its own. */
  readonly batch?: boolean;
  readonly settings: Settings;
}

/** Rewrites the JSON text of a request where a provider parts from its dialect. Its docstring names the page that forces it. */
export type Quirk = (body: string, facts: PathFacts) => string;

/** What a credential must name as its region, and how one looks. */
export interface RegionRule {
  readonly pattern: RegExp;
  readonly example: string;
}

/** A provider is a value: nothing here is code but the paths, which depend on the model in some vendors' URLs, and quirks. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Where it is; null = every credential must say (self-hosted, or per-customer hosts). A credential's own URL goes first. */
  readonly baseUrl: string | null | ((settings: Settings) => string);
  readonly auth: Auth;
  /** There, a credential must name its region: the provider has no address without. */
  readonly region?: RegionRule;
  /** The wire format of its chat models. */
  readonly dialect: DialectId | ((upstreamModel: string) => DialectId);
  /** Path below the base URL, for each operation it has. Throws `model_not_found` for a model that cannot stand in a URL. */
  readonly paths: Partial<Record<Operation, (facts: PathFacts) => string>>;
  /** Where a service that screens texts for guardrails is asked, in a format of its own; such a provider answers no calls. */
  readonly screeningPath?: (upstreamModel: string) => string;
  /** Wire formats of operations beside chat, where they are not those of operation-dialect.ts. */
  readonly operationDialects?: Partial<Record<Operation, OperationDialectId>>;
  /** Applied in order to every JSON body. */
  readonly quirks?: readonly Quirk[];
  /** Path of the cheapest authenticated GET, mostly the list of models: used to test a credential. */
  readonly probePath: string | ((settings: Settings) => string);
}

/** The wire format in which this model of the provider is asked. */
export function dialectOf({ dialect }: Provider, upstreamModel: string): DialectId {
  return typeof dialect === 'function' ? dialect(upstreamModel) : dialect;
}
