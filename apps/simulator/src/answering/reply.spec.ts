import { expect, it } from 'vitest';
import { NO_FAULT } from '../faults/fault.js';
import { hear, type Prompt, type Tool } from './prompt.js';
import { replyTo } from './reply.js';
import { countTokens } from './tokens.js';

const TOOLS: readonly Tool[] = ['first', 'second'].map((name) => ({
  name,
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}));

function prompt(said: string, changes: Partial<Prompt> = {}): Prompt {
  return {
    ...hear([{ speaker: 'user', texts: [said], images: 0 }], changes.tools ?? [], 85),
    tools: [],
    toolChoice: { mode: 'auto' },
    parallelTools: true,
    output: { kind: 'text' },
    reasoningSentences: 0,
    outputTokensMax: null,
    stopSequences: [],
    choices: 1,
    ...changes,
  };
}

function only(asked: Prompt, fault = NO_FAULT) {
  const { choices, usage } = replyTo(asked, fault);
  return { reply: choices[0]!, text: choices[0]!.text.join(''), usage };
}

it('gives the same answer and the same usage to the same prompt', () => {
  const asked = prompt('hello there', { reasoningSentences: 2, tools: TOOLS });
  expect(replyTo(asked, NO_FAULT)).toEqual(replyTo(asked, NO_FAULT));
});

it('bills exactly the tokens of the texts that went in and came out', () => {
  const { usage, text } = only(prompt('What is the capital of France?'));
  expect(text).toBe('You said: What is the capital of France?');
  expect(usage).toMatchObject({ input: countTokens('What is the capital of France?'), output: countTokens(text) });
});

it('bounds the repeated text', () => {
  expect(only(prompt('x'.repeat(5_000))).text.length).toBeLessThan(1_100);
});

it('calls the first tool when the text asks for it, all when it asks for the tools, none when told so', () => {
  const called = (asked: Prompt) => only(asked).reply.toolCalls.map((call) => call.name);
  expect(called(prompt('please call the tool', { tools: TOOLS }))).toEqual(['first']);
  expect(called(prompt('please call the tools', { tools: TOOLS }))).toEqual(['first', 'second']);
  expect(called(prompt('hello', { tools: TOOLS, toolChoice: { mode: 'forced', name: 'second' } }))).toEqual(['second']);
  expect(called(prompt('call the tool', { tools: TOOLS, toolChoice: { mode: 'none' } }))).toEqual([]);
  expect(called(prompt('hello', { tools: TOOLS }))).toEqual([]);
});

it('answers a tool result with its text, and calls no tool again', () => {
  const { reply, text } = only(prompt('call the tool', { tools: TOOLS, toolResults: ['22 degrees'] }));
  expect(reply.toolCalls).toEqual([]);
  expect(text).toBe('The tool returned: 22 degrees');
});

it('stops at the limit, reasoning counted in', () => {
  const { reply, usage } = only(prompt('one two three', { reasoningSentences: 1, outputTokensMax: 13 }));
  expect(reply.end).toBe('length');
  expect(usage.output).toBe(13);
  expect(usage.reasoning).toBe(reply.reasoning.length);
});

it('stops before the first stop sequence and says which', () => {
  const { reply, text } = only(prompt('one two three', { stopSequences: ['three', 'two'] }));
  expect(text).toBe('You said: one ');
  expect(reply).toMatchObject({ end: 'stop-sequence', stopSequence: 'two' });
});

it('answers with exactly as many tokens as a fault says', () => {
  expect(only(prompt('hi'), { tokens: 50 }).usage.output).toBe(50);
  expect(only(prompt('hi'), { tokens: 2 }).usage.output).toBe(2);
});

it('answers a schema with JSON that fits it', () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } } };
  expect(JSON.parse(only(prompt('hi', { output: { kind: 'json', schema } })).text)).toEqual({ n: 1 });
});

it('goes on with its own words wherever they stop, and begins anew after words that are not its own', () => {
  const whole = only(prompt('hello there')).text;
  for (let at = 1; at < whole.length; at++)
    expect(whole.slice(0, at) + only(prompt('hello there', { prefill: whole.slice(0, at) })).text).toBe(whole);
  expect(only(prompt('hello there', { prefill: 'Never said' })).text).toBe(whole);
});
