export type { Completion, CompletionChoice, CompletionCreateParams } from 'openai/resources/completions';
