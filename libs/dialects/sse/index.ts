export { SseParser } from './parser.js';
export { sseData, sseEvent } from './writer.js';
