import { SecretFlaw } from './authorizer.js';

/** The fields of a secret that must be an object, given as one or as JSON text. Throws SecretFlaw; `what` names it. */
export function secretFields(secret: unknown, what: string): Readonly<Record<string, unknown>> {
  const value = typeof secret === 'string' ? parsed(secret) : secret;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SecretFlaw(`must be ${what}`);
  return value as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A field that must be a text of this form. Throws SecretFlaw. */
export function secretText(fields: Readonly<Record<string, unknown>>, name: string, form: RegExp): string {
  const value = fields[name];
  if (value === undefined || value === null) throw new SecretFlaw(`needs ${name}`);
  if (typeof value !== 'string' || !form.test(value)) throw new SecretFlaw(`has no valid ${name}`);
  return value;
}

/** As secretText, null when it is not there. */
export function optionalText(fields: Readonly<Record<string, unknown>>, name: string, form: RegExp): string | null {
  return fields[name] === undefined || fields[name] === null ? null : secretText(fields, name, form);
}
