export { decodeUsage, encodeUsage, usageOf } from '../openai-chat/usage.js';
