export type OneOrMany = string | readonly string[];

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** An amount within both bounds, each included; at least one is there. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** A part of the day as clocks in a timezone show it. `from` is included, `to` is not; with `to` at or before `from` it ends on the next day. */
export interface TimeOfDay {
  /** `HH:MM` */
  readonly from: string;
  readonly to: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone: string;
  /** Days on which it begins; absent = every day. */
  readonly days?: readonly Day[];
}

/**
 * Conditions of a rule, all of which must hold. A list means any of its entries; `*` in an entry is a wildcard. A condition
 * on something that a call does not have (an agent, a tag) does not hold.
 */
export interface When {
  /** What the client sent as model. */
  readonly model?: OneOrMany;
  /** The caller's team or one above it. */
  readonly team?: OneOrMany;
  readonly service?: OneOrMany;
  readonly agent?: OneOrMany;
  readonly user?: OneOrMany;
  readonly surface?: OneOrMany;
  readonly tags?: Readonly<Record<string, OneOrMany>>;
  readonly estimatedInputTokens?: Range;
  readonly hasImages?: boolean;
  readonly hasTools?: boolean;
  readonly hasJsonSchema?: boolean;
  readonly hasReasoning?: boolean;
  readonly time?: TimeOfDay;
}
