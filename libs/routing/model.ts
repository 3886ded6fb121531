/** A deployment as the data plane knows it. */
export interface Model {
  readonly id: string;
  readonly slug: string;
  readonly provider: string;
  /** Slug of the provider credential. */
  readonly credential: string;
  readonly upstreamModel: string;
  readonly region: string | null;
  readonly limits: ModelLimits;
  readonly capabilities: ModelCapabilities;
}

export interface ModelLimits {
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
}

/** What a model can take. Absent = assumed able. */
export interface ModelCapabilities {
  readonly vision?: boolean;
  readonly tools?: boolean;
  readonly jsonSchema?: boolean;
  readonly audio?: boolean;
  readonly reasoning?: boolean;
}
