export { CohereStreamDecoder } from './decode-stream.js';
export { CohereStreamEncoder } from './encode-stream.js';
