/** Whether a scope leaves an attribute open, so that there is a counter for each of its values. */
export function isOpen({ tags = {}, ...attributes }: Scope): boolean {
  return [...Object.values(attributes), ...Object.values(tags)].includes('*');
}

/**
 * Which calls a rate limit or budget binds: those that have every attribute named here. `"*"` stands for any value and gives
 * each value a counter of its own (`{ user: "*" }` limits every end user separately). An empty scope binds the organization.
 */
export interface Scope {
  readonly team?: string;
  readonly service?: string;
  readonly agent?: string;
  readonly user?: string;
  readonly model?: string;
  readonly route?: string;
  readonly tags?: Readonly<Record<string, string>>;
}
