/**
 * A field of a posted form, cut to `charsMax`; empty when it is missing. Forms are not checked as bodies of the API are: what
 * people type is answered on the page, in words.
 */
export function readText(form: unknown, name: string, charsMax: number): string {
  const value = typeof form === 'object' && form !== null ? (form as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value.slice(0, charsMax) : '';
}
