export { decodeError, errorInStream, malformedEvent, renderError, renderStreamError } from '../openai-chat/errors.js';
