import type { CheckConfig } from './guardrail.js';

export type Direction = 'input' | 'output';

/** Who speaks in a text. `tool`: results of tools and documents, which nobody who takes part has vouched for. */
export type Author = 'system' | 'user' | 'assistant' | 'tool';

/** Where a text stands. */
export interface Place {
  readonly at: string;
  readonly author: Author;
  /** Characters of the same text that came before this piece: more than 0 in streams only. */
  readonly offset: number;
}

/** Where in a text a check found something. Positions are UTF-16 offsets; the text itself is never kept. */
export interface Finding {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  /** 0–1. */
  readonly confidence: number;
}

/** Looks at one text. Takes linear time, whatever the text. */
export type Inspect = (text: string, place: Place) => readonly Finding[];

/** What is true of every kind of test; the admin API, its OpenAPI document and the guide are made from it. */
interface CheckFacts {
  readonly type: string;
  /** One sentence for people who configure it. */
  readonly about: string;
  readonly directions: readonly Direction[];
  /** What each option means, with its range and default. Options that are not named here cannot be given. */
  readonly options: Readonly<Record<string, string>>;
  /** What is wrong with a configuration's options, or null. */
  readonly problemWith: (config: CheckConfig) => string | null;
}

/** A local check made ready for one configuration. */
export interface Inspector {
  readonly inspect: Inspect;
  /**
   * For a text that still grows: from which place on it must wait, because what comes next may make or change a finding there.
   * Up to {@link CONTEXT_CHARS} characters before that place stay in sight.
   */
  readonly holdFrom: (text: string) => number;
  /** Judges whole texts only, so that a stream is held back to its end. */
  readonly wholeOnly?: boolean;
}

/** Characters before the place from which a text is held that later inspections of it still see. */
export const CONTEXT_CHARS = 64;

/** A test that needs nothing but the text. */
export interface LocalCheck extends CheckFacts {
  readonly kind: 'local';
  /** Called once per configuration: what can be worked out beforehand is. */
  readonly prepare: (config: CheckConfig) => Inspector;
}

/** What a service said of one text: an index into the texts that it was asked about. */
export interface Verdict extends Finding {
  readonly text: number;
}

/** Asks a service about the texts of one request or answer; rejects when it gives no answer. */
export type Consult = (texts: readonly string[], outside: Outside, signal: AbortSignal) => Promise<readonly Verdict[]>;

/** The ways out of the process that checks may use, given by the app. */
export interface Outside {
  /** Posts JSON and resolves with the JSON of a 2xx answer. Must not reach private networks, nor follow redirects. */
  readonly postJson: (url: string, body: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Posts JSON to one of the organization's models, by slug, with that model's credential, and resolves with the JSON of a 2xx answer. */
  readonly askModel: (model: string, question: Question, signal: AbortSignal) => Promise<unknown>;
}

/** What a model is asked. */
export interface Question {
  /** Moderation or chat in OpenAI's format, or a screening service's own. */
  readonly to: 'moderations' | 'chat' | 'screening';
  /** The body, for the model's id at its provider. */
  readonly body: (upstreamModel: string) => unknown;
}

/** A test by a service outside. Several run side by side; each has a deadline, and a stated meaning of its failure. */
export interface ExternalCheck extends CheckFacts {
  readonly kind: 'external';
  readonly prepare: (config: CheckConfig) => Consult;
}

/** One kind of test. A value, so that the admin API can list and validate what exists; what is not listed cannot be configured. */
export type Check = LocalCheck | ExternalCheck;
