export { GeminiStreamDecoder } from './decode-stream.js';
export { GeminiStreamEncoder } from './encode-stream.js';
