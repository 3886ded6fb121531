/** `resting`: its provider asked to be left alone. */
export type ModelHealthState = 'closed' | 'open' | 'half-open' | 'resting';

/** What one gateway knows of one model. */
export interface ModelHealthEntry {
  readonly id: string;
  readonly state: ModelHealthState;
  /** When it may be asked again, milliseconds since the epoch; null when it may now. */
  readonly untilMs: number | null;
  /** Decaying average of the time to first token, milliseconds; null when it is not known. */
  readonly firstTokenMs: number | null;
}

/**
 * What one gateway knows of an organization's models: those that it has asked or heard of. A field of the hash
 * keys.modelHealthReports, as JSON, named by the gateway.
 */
export interface ModelHealthReport {
  readonly atMs: number;
  readonly models: readonly ModelHealthEntry[];
}

/** A report older than this is of a gateway that is gone. */
export const HEALTH_REPORT_VALID_MS = 15_000;
