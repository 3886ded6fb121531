import type { Citation, DialectId } from './request.js';
import type { Finish, Usage } from './response.js';
import type { UpstreamError } from './upstream-error.js';

/** What a streamed part is, as far as its first event tells. */
export type PartStart =
  | { readonly kind: 'text' | 'refusal' }
  | { readonly kind: 'reasoning'; readonly dialect: DialectId; readonly id?: string }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string; readonly signature?: string }
  | { readonly kind: 'audio'; readonly id?: string; readonly mediaType: string }
  | { readonly kind: 'opaque'; readonly dialect: DialectId; readonly value: unknown };

export type PartDelta =
  | { readonly kind: 'text'; readonly text: string; readonly logprobs?: unknown }
  | { readonly kind: 'citation'; readonly citation: Citation }
  | { readonly kind: 'arguments'; readonly json: string }
  | { readonly kind: 'signature'; readonly signature: string }
  | { readonly kind: 'encrypted'; readonly encrypted: string }
  | { readonly kind: 'audio'; readonly data?: string; readonly transcript?: string; readonly expiresAtSec?: number }
  /** The whole value, complete now: it replaces the one of the part's start. */
  | { readonly kind: 'opaque'; readonly value: unknown };

/**
 * One step of a streamed answer. Order: one `start`; for each part of each choice `part-start`, deltas, `part-end`; parts of
 * one choice never overlap except tool calls; `finish` per choice; `usage` any number of times, each complete, the last one true;
 * then `end`, which only a stream that ended as its dialect prescribes has. `error` may come at any point and is the last event.
 */
export type ChatEvent =
  | {
      readonly type: 'start';
      readonly id: string;
      readonly model: string;
      readonly createdSec?: number;
      readonly serviceTier?: string;
    }
  | { readonly type: 'part-start'; readonly choice: number; readonly part: number; readonly start: PartStart }
  | { readonly type: 'part-delta'; readonly choice: number; readonly part: number; readonly delta: PartDelta }
  | { readonly type: 'part-end'; readonly choice: number; readonly part: number }
  | { readonly type: 'finish'; readonly choice: number; readonly finish: Finish }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'error'; readonly error: UpstreamError }
  | { readonly type: 'end' };
