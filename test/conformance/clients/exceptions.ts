import type { CapabilityId } from './capabilities.js';
import type { ProviderId } from './trial.js';

/** Something that does not work, though not by our fault. It is tried all the same, and a test fails when it begins to work. */
export interface Exception {
  readonly client?: RegExp;
  readonly provider?: ProviderId;
  readonly capability: CapabilityId;
  readonly delivery?: 'whole' | 'streamed';
  /** For people, in the docs. */
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    client: /^`@langchain\/openai`, chat$|^`ai` with `@ai-sdk\/openai`, chat$/,
    capability: 'thinking',
    reason: 'The package reads no thinking from chat completions; its responses do.',
  },
  {
    client: /^`@openai\/agents`, chat$/,
    capability: 'thinking',
    reason:
      'The package looks for thinking under another name (`reasoning`) than most vendors give it, and returns no signatures; its responses do.',
  },
  {
    client: /^(?!.*responses$)/,
    provider: 'openai',
    capability: 'thinking',
    reason: 'OpenAI tells what its models thought in its responses only, to clients that speak that API.',
  },
];

export function exceptionOf(
  client: string,
  provider: ProviderId,
  capability: CapabilityId,
  delivery: 'whole' | 'streamed',
): Exception | undefined {
  return exceptions.find(
    (one) =>
      one.capability === capability &&
      (one.client?.test(client) ?? true) &&
      (one.provider ?? provider) === provider &&
      (one.delivery ?? delivery) === delivery,
  );
}
