export { decoder } from './decode-stream.js';
export { encoder } from './encode-stream.js';
