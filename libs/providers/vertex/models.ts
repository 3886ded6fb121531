/** Whether a model of Vertex AI is one of Anthropic's, as `claude-sonnet-4-5@20250929`. */
export const isClaude = (upstreamModel: string): boolean => upstreamModel.startsWith('claude-');
