export { decodeRequest } from './decode-request.js';
export { encodeRequest } from './encode-request.js';
