export { inputOf } from './arguments.js';
export * from './read.js';
export { repeatedKey, spliceMembers } from './splice.js';
