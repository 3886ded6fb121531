export { AnthropicStreamDecoder } from './decode-stream.js';
export { AnthropicStreamEncoder } from './encode-stream.js';
