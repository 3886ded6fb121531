export { BedrockStreamDecoder } from './decode-stream.js';
export { BedrockStreamEncoder } from './encode-stream.js';
