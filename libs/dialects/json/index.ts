export * from './read.js';
export { spliceMembers } from './splice.js';
