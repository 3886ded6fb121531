export type * from './dialect.js';
export * from './neutral/index.js';
export * from './sse/index.js';
