import { createHash } from 'node:crypto';
import type { End, Replies, Reply, ToolCall, Usage } from '../answering/reply.js';
import { alphanumericId } from '../ids.js';
import type { StreamEvent } from '../vendor.js';

export interface AnswerOptions {
  readonly withUsage: boolean;
  /** Thoughts as parts, not only in the usage. */
  readonly withThoughts: boolean;
}

function finishReason(end: End): string {
  if (end === 'length') return 'MAX_TOKENS';
  return end === 'refusal' ? 'SAFETY' : 'STOP';
}

/** Opaque, and the same for the same thoughts. */
function thoughtSignature(reply: Reply): string {
  return `EqUC${createHash('sha512').update(reply.reasoning.join('')).digest('base64')}`;
}

/** `candidatesTokenCount` leaves thoughts out. https://ai.google.dev/api/generate-content#UsageMetadata */
function usageMetadata({ input, cacheRead, output, reasoning }: Usage): object {
  return {
    promptTokenCount: input,
    ...(output > reasoning && { candidatesTokenCount: output - reasoning }),
    totalTokenCount: input + output,
    ...(cacheRead > 0 && {
      cachedContentTokenCount: cacheRead,
      cacheTokensDetails: [{ modality: 'TEXT', tokenCount: cacheRead }],
    }),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: input }],
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
  };
}

const functionCall = (call: ToolCall) => ({ functionCall: { name: call.name, args: call.arguments } });

/** A whole GenerateContentResponse. */
export function responseBody(model: string, { choices, usage }: Replies, options: AnswerOptions): unknown {
  return {
    candidates: choices.map((reply, index) => ({
      ...(reply.end !== 'refusal' && { content: { parts: partsOf(reply, options), role: 'model' } }),
      finishReason: finishReason(reply.end),
      index,
      ...(reply.end === 'tools' && { finishMessage: 'Model generated function call(s).' }),
    })),
    ...(options.withUsage && { usageMetadata: usageMetadata(usage) }),
    modelVersion: model,
    responseId: alphanumericId('', 22),
  };
}

function partsOf(reply: Reply, { withThoughts }: AnswerOptions): readonly object[] {
  const thought = reply.reasoning.length > 0;
  const said = [
    ...(reply.text.length === 0 ? [] : [{ text: reply.text.join('') }]),
    ...reply.toolCalls.map(functionCall),
  ];
  return [
    ...(thought && withThoughts ? [{ text: reply.reasoning.join(''), thought: true }] : []),
    ...said.map((part, index) =>
      thought && index === 0 ? { ...part, thoughtSignature: thoughtSignature(reply) } : part,
    ),
  ];
}

/** The same as chunks, each a response of its own with the usage so far; the last brings the finish reason. */
export function* responseEvents(
  model: string,
  { choices, usage }: Replies,
  options: AnswerOptions,
): Iterable<StreamEvent> {
  const shared = { modelVersion: model, responseId: alphanumericId('', 22) };
  const chunk = (candidate: object, soFar: Usage): object => ({
    candidates: [candidate],
    ...(options.withUsage && { usageMetadata: usageMetadata(soFar) }),
    ...shared,
  });
  let output = usage.reasoning;
  for (const [index, reply] of choices.entries()) {
    for (const { part, tokens } of streamedParts(reply, options)) {
      output += tokens;
      const content = { parts: [part], role: 'model' };
      yield { data: JSON.stringify(chunk({ content, index }, { ...usage, output })), paced: true };
    }
    const last = index === choices.length - 1;
    const end = { ...lastContent(reply), finishReason: finishReason(reply.end), index };
    const data = JSON.stringify(chunk(end, last ? usage : { ...usage, output }));
    yield { data, paced: false, ...(last && { closing: true }) };
  }
}

/** Where the model thought, the last part of a text carries the signature; a function call carries its own. */
function lastContent(reply: Reply): object {
  if (reply.end === 'refusal') return {};
  const signed = reply.reasoning.length > 0 && reply.toolCalls.length === 0;
  return {
    content: { parts: [{ text: '', ...(signed && { thoughtSignature: thoughtSignature(reply) }) }], role: 'model' },
  };
}

interface StreamedPart {
  readonly part: object;
  /** Tokens that this part adds to the output; thoughts are counted from the start. */
  readonly tokens: number;
}

function* streamedParts(reply: Reply, { withThoughts }: AnswerOptions): Iterable<StreamedPart> {
  if (withThoughts) for (const token of reply.reasoning) yield { part: { text: token, thought: true }, tokens: 0 };
  if (reply.end !== 'refusal') for (const token of reply.text) yield { part: { text: token }, tokens: 1 };
  for (const [index, call] of reply.toolCalls.entries()) {
    const signed = index === 0 && reply.reasoning.length > 0;
    yield {
      part: { ...functionCall(call), ...(signed && { thoughtSignature: thoughtSignature(reply) }) },
      tokens: call.tokens.length,
    };
  }
}
