export { compileWhen, type Holds } from './compile-when.js';
export { CONDITION_NAMES, problemWithWhen } from './problem-with-when.js';
export type { When } from './when.js';
