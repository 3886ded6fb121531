import type { Json } from '../api/admin-api.js';
import type { Kind } from './kinds.js';

/** A field that will be different. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A secret to be sent, and how a plan shows it: by its reference. */
export interface SecretChange {
  readonly reference: string;
  readonly secret: string | Json;
}

interface Subject {
  readonly kind: Kind;
  readonly name: string;
}

/** A resource that is there, in the version that was seen: a change in between is refused. */
interface Existing extends Subject {
  readonly path: string;
  readonly etag: string;
}

export interface Creation extends Subject {
  readonly action: 'create';
  readonly body: Json;
  readonly secret: SecretChange | null;
}

export interface Update extends Existing {
  readonly action: 'update';
  readonly changes: readonly FieldChange[];
  readonly secret: SecretChange | null;
}

export interface Deletion extends Existing {
  readonly action: 'delete';
  /** What has to be written to have it again. */
  readonly body: Json;
}

export type Step = Creation | Update | Deletion;

/** What makes an organization as the files say, in the order in which it can be done. */
export interface Plan {
  readonly organization: string;
  readonly steps: readonly Step[];
  /** What a person should know besides. */
  readonly remarks: readonly string[];
}
