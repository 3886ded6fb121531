import { TollgateError } from '#libs/core';
import type { JsonObject } from '../neutral/index.js';

/** Readers of untrusted JSON. `param` is the dotted path shown to the client: `messages.0.content`. All throw `invalid_request`. */
export type Read<T> = (value: unknown, param: string) => T;

export function invalid(param: string, message: string): TollgateError {
  return new TollgateError('invalid_request', `${param}: ${message}`, { param });
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const readObject: Read<JsonObject> = (value, param) => {
  if (!isObject(value)) throw invalid(param, 'must be an object');
  return value;
};

export const readString: Read<string> = (value, param) => {
  if (typeof value !== 'string') throw invalid(param, 'must be a string');
  return value;
};

export const readName: Read<string> = (value, param) => {
  if (typeof value !== 'string' || value === '') throw invalid(param, 'must be a non-empty string');
  return value;
};

export const readNumber: Read<number> = (value, param) => {
  if (typeof value !== 'number') throw invalid(param, 'must be a number');
  return value;
};

/** An integer ≥ 0. */
export const readCount: Read<number> = (value, param) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw invalid(param, 'must be an integer of 0 or more');
  }
  return value;
};

/** An integer ≥ 1. */
export const readPositive: Read<number> = (value, param) => {
  if (readCount(value, param) === 0) throw invalid(param, 'must be 1 or more');
  return value as number;
};

export const readInteger: Read<number> = (value, param) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw invalid(param, 'must be an integer');
  return value;
};

export const readBoolean: Read<boolean> = (value, param) => {
  if (typeof value !== 'boolean') throw invalid(param, 'must be true or false');
  return value;
};

export const readOneOf =
  <const T extends string>(...allowed: readonly T[]): Read<T> =>
  (value, param) => {
    if (!allowed.includes(value as T)) throw invalid(param, `must be one of ${allowed.join(', ')}`);
    return value as T;
  };

export const readArray =
  <T>(readItem: Read<T>): Read<readonly T[]> =>
  (value, param) => {
    if (!Array.isArray(value)) throw invalid(param, 'must be an array');
    return value.map((item, index) => readItem(item, `${param}.${index}`));
  };

/** Absent and null are both "not said". */
export function optional<T>(value: unknown, param: string, read: Read<T>): T | undefined {
  return value === undefined || value === null ? undefined : read(value, param);
}

/** The object without its undefined members: what `exactOptionalPropertyTypes` asks for. */
export function defined<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** Members of `body` not named in `known`. Safe for a member called `__proto__`. */
export function restOf(body: JsonObject, known: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !known.has(key)));
}

/** Parses an object out of JSON text that a peer sent; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether text is JSON that breaks off; not so other JSON than an object, or the noise that some proxies send as data. */
export function breaksOff(text: string): boolean {
  if (!/^\s*(\{|\[\s*\{)/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

/** No call uses more of anything: a larger number is nonsense, and would not fit where calls are recorded. */
const COUNT_MAX = 1_000_000_000;

/** Lenient readers for what providers send: a wrong type is as good as absent. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const countOf = (value: unknown): number =>
  typeof value === 'number' && value > 0 && value <= COUNT_MAX ? Math.round(value) : 0;
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
