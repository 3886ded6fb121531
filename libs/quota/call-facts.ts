/** What scopes are matched against: who calls, and what may answer. Names are slugs unless said otherwise. */
export interface CallFacts {
  readonly organizationId: string;
  /** The team and its ancestors, innermost first. */
  readonly teamPath: readonly string[];
  readonly service: string;
  readonly agent: string | null;
  /** The end user that the service named, verbatim. */
  readonly user: string | null;
  readonly route: string | null;
  /** The models of all candidates, in the order they would be tried. */
  readonly models: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
