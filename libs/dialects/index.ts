export { chatDialects } from './chat-dialects.js';
export type * from './dialect.js';
export { spliceMembers } from './json/index.js';
export * from './neutral/index.js';
export { openaiChat } from './openai-chat/index.js';
export { openaiCompletions } from './openai-completions/index.js';
export { openaiResponses } from './openai-responses/index.js';
export * from './operations/index.js';
export * from './sse/index.js';
