/** A JSON object whose fields nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value's fields; none when it is not an object, so that readers can go on to say which field they miss. */
export function fields(value: unknown): Fields {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value's elements; none when it is not an array. */
export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** `"a"` and `["a", "b"]` both read as a list of strings. */
export function texts(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : elements(value).filter((item) => typeof item === 'string');
}
