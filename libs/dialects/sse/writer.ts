/** One event with only data, as OpenAI's chat streams have it. */
export const sseData = (json: unknown): string => `data: ${JSON.stringify(json)}\n\n`;

/** One named event, as Anthropic's and OpenAI's responses streams have it. `name` holds no line break. */
export const sseEvent = (name: string, json: unknown): string => `event: ${name}\ndata: ${JSON.stringify(json)}\n\n`;
