import type { DialectId } from '#libs/dialects';

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

/** How the secret travels. `headers` are sent along, e.g. a mandatory version. */
export type Auth =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'header'; readonly name: string; readonly headers?: Readonly<Record<string, string>> };

export interface PathFacts {
  readonly upstreamModel: string;
  readonly stream: boolean;
}

/** A provider is a value: nothing here is code but the paths, which depend on the model in some vendors' URLs. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Where it is; null = every credential must say (self-hosted, or per-customer hosts). */
  readonly baseUrl: string | null;
  readonly auth: Auth;
  /** The wire format of its chat models. */
  readonly dialect: DialectId;
  /** Path below the base URL, for each operation it has. */
  readonly paths: Partial<Record<Operation, (facts: PathFacts) => string>>;
  /** Path that lists models: the cheapest authenticated call, used to test a credential. */
  readonly probePath: string;
}
