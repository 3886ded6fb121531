export { decodeError, errorInStream, renderError, renderStreamError } from '../openai-chat/errors.js';
