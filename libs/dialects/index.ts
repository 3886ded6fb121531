export type * from './dialect.js';
export type * from './neutral/index.js';
