import type { Json } from '../api/admin-api.js';

/** Readers for files that other programs understand: what is not as expected is as good as absent. */
export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);

export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Lower case, digits and single dashes, at most 63. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63) || 'unnamed';
