import { CheckedField } from './fields.js';

/** A field that is a moment: an instant with an offset, or a day, which means its beginning in UTC. */
export function MomentField(about: string, presence: { readonly required?: true } = {}): PropertyDecorator {
  const schema = { type: 'string', format: 'date-time', maxLength: 40 } as const;
  return CheckedField(momentFlaw, schema, { about, ...(!presence.required && { optional: true }) });
}

/** The moment that a checked text means. */
export function momentOf(text: string): Date {
  return new Date(text);
}

const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

function momentFlaw(value: unknown): string | undefined {
  if (typeof value === 'string' && DAY_OR_INSTANT.test(value) && !Number.isNaN(Date.parse(value))) return undefined;
  return 'must be a day like 2026-11-24 or an instant with an offset like 2026-11-24T12:00:00Z';
}
