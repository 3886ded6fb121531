export { inputOf } from './arguments.js';
export * from './read.js';
export { spliceMembers } from './splice.js';
