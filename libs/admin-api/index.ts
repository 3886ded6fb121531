/**
 * The admin API as types, generated from its OpenAPI document (`npm run openapi`). For openapi-fetch:
 * `createClient<paths>({ baseUrl })`. Types only: nothing of it runs.
 */
export type { components, operations, paths } from './generated/openapi.js';

import type { components } from './generated/openapi.js';

/** A body or an answer by its name in the document: `Schema<'TeamAnswer'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
