import type { Fault } from '../faults/fault.js';
import type { Prompt, Tool } from './prompt.js';
import { synthesize } from './synthesize.js';
import { countTokens, tokenize } from './tokens.js';

/** Longest part of the user's text that is repeated in an answer, in characters. */
const ECHO_MAX = 1_000;
/** Filler for answers of a length that a fault prescribes. */
const FILLER = tokenize(' the quick brown fox jumps over the lazy dog and then rests a while');

export type End = 'stop' | 'stop-sequence' | 'length' | 'tools' | 'refusal';

export interface ToolCall {
  readonly name: string;
  readonly arguments: unknown;
  /** The arguments as JSON, in tokens. */
  readonly tokens: readonly string[];
}

/** One choice of an answer, in tokens, before a vendor's format is put around it. */
export interface Reply {
  readonly reasoning: readonly string[];
  readonly text: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  readonly end: End;
  readonly stopSequence: string | null;
}

/** What the simulator bills for a call. `input` includes `cacheRead` and `cacheWrite`; `output` includes `reasoning`. */
export interface Usage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

export interface Replies {
  readonly choices: readonly Reply[];
  readonly usage: Usage;
}

/** Answers a prompt. The same prompt and fault always give the same answer and the same usage. */
export function replyTo(prompt: Prompt, fault: Fault): Replies {
  const choices = Array.from({ length: prompt.choices }, (_, index) => choose(prompt, fault, index));
  return { choices, usage: usageOf(prompt, choices, fault) };
}

/** Tokens billed for the whole input of a prompt. */
export function inputTokensOf(prompt: Pick<Prompt, 'billedTexts' | 'mediaTokens'>): number {
  return prompt.billedTexts.reduce((sum, text) => sum + countTokens(text), prompt.mediaTokens);
}

function choose(prompt: Prompt, fault: Fault, index: number): Reply {
  if (fault.refuse) return { ...SILENCE, text: tokenize("I'm sorry, but I can't help with that."), end: 'refusal' };
  const reasoning = tokenize(
    Array(prompt.reasoningSentences).fill('The user said something; I will answer it.').join(' '),
  );
  const calls = toolsToCall(prompt).map(callOf);
  if (calls.length > 0) return { ...SILENCE, reasoning, toolCalls: calls, end: 'tools' };

  const full = afterPrefill(lengthened(textFor(prompt, index), fault.tokens), prompt.prefill);
  const stop = firstStop(full, prompt.stopSequences);
  const text = tokenize(stop === null ? full : full.slice(0, stop.at));
  const end: End = stop === null ? 'stop' : 'stop-sequence';
  return cutToLength(
    { reasoning, text, toolCalls: [], end, stopSequence: stop?.sequence ?? null },
    prompt.outputTokensMax,
  );
}

const SILENCE: Reply = { reasoning: [], text: [], toolCalls: [], end: 'stop', stopSequence: null };

/** "call the tool" in the user's text asks for the first tool, "call the tools" for all of them, a forced choice for its own. */
function toolsToCall({ tools, toolChoice, lastUserText, toolResults, parallelTools }: Prompt): readonly Tool[] {
  if (toolChoice.mode === 'none' || toolResults.length > 0) return [];
  if (toolChoice.mode === 'forced') {
    return tools.filter((tool) => toolChoice.name === undefined || tool.name === toolChoice.name).slice(0, 1);
  }
  if (parallelTools && /call the tools/i.test(lastUserText)) return tools;
  return /call the tool/i.test(lastUserText) ? tools.slice(0, 1) : [];
}

function callOf(tool: Tool): ToolCall {
  const value = synthesize({ type: 'object', ...tool.parameters });
  return { name: tool.name, arguments: value, tokens: tokenize(JSON.stringify(value)) };
}

function textFor(prompt: Prompt, index: number): string {
  if (prompt.output.kind === 'json') {
    return JSON.stringify(prompt.output.schema === null ? { answer: echo(prompt) } : synthesize(prompt.output.schema));
  }
  const choice = index === 0 ? '' : `Choice ${index + 1}. `;
  if (prompt.toolResults.length > 0) return `${choice}The tool returned: ${bounded(prompt.toolResults.join('; '))}`;
  const images = prompt.images === 0 ? '' : `I see ${prompt.images} image${prompt.images === 1 ? '' : 's'}. `;
  return `${choice}${images}${echo(prompt)}`;
}

const echo = (prompt: Prompt): string => `You said: ${bounded(prompt.lastUserText)}`;
const bounded = (text: string): string => (text.length > ECHO_MAX ? `${text.slice(0, ECHO_MAX)}…` : text);

/** A begun answer goes on where it stands; one that this simulator would not give begins anew. */
function afterPrefill(text: string, prefill: string): string {
  return text.startsWith(prefill) ? text.slice(prefill.length) : text;
}

function lengthened(text: string, tokens: number | undefined): string {
  if (tokens === undefined) return text;
  const own = tokenize(text).slice(0, tokens);
  return [...own, ...Array.from({ length: tokens - own.length }, (_, i) => FILLER[i % FILLER.length])].join('');
}

function firstStop(text: string, sequences: readonly string[]): { at: number; sequence: string } | null {
  const found = sequences
    .filter((sequence) => sequence !== '' && text.includes(sequence))
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }));
  return found.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** Reasoning counts towards the limit too, as it does at every vendor. */
function cutToLength(reply: Reply, max: number | null): Reply {
  if (max === null || reply.reasoning.length + reply.text.length <= max) return reply;
  const reasoning = reply.reasoning.slice(0, max);
  return { ...reply, reasoning, text: reply.text.slice(0, max - reasoning.length), end: 'length', stopSequence: null };
}

function usageOf(prompt: Prompt, choices: readonly Reply[], fault: Fault): Usage {
  const input = inputTokensOf(prompt);
  const reasoning = choices.reduce((sum, choice) => sum + choice.reasoning.length, 0);
  const cacheRead = Math.min(input, fault.cachedTokens ?? 0);
  return {
    input,
    cacheRead,
    cacheWrite: Math.min(input - cacheRead, fault.cacheWriteTokens ?? 0),
    output: choices.reduce((sum, choice) => sum + outputTokensOf(choice), 0),
    reasoning,
  };
}

function outputTokensOf(reply: Reply): number {
  const calls = reply.toolCalls.reduce((sum, call) => sum + call.tokens.length + countTokens(call.name), 0);
  return reply.reasoning.length + reply.text.length + calls;
}
