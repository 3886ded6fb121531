import { describe, expect, it } from 'vitest';
import { alone } from './checks/rules-in.fixture.js';
import { inspectJson } from './index.js';

const SECRET = `sk-proj-${'a1B2'.repeat(10)}`;
const active = alone({ type: 'secrets', action: 'redact' });

/** Where text is, in the words of every dialect and operation. */
const PLACES: Readonly<Record<string, unknown>> = {
  'a message': { messages: [{ role: 'user', content: SECRET }] },
  'a part of a message': { messages: [{ role: 'user', content: [{ type: 'text', text: SECRET }] }] },
  'a system prompt': { system: [{ type: 'text', text: SECRET }] },
  instructions: { instructions: SECRET },
  'a developer’s message': { messages: [{ role: 'developer', content: SECRET }] },
  'arguments of a tool, as text': {
    messages: [
      { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: JSON.stringify({ key: SECRET }) } }] },
    ],
  },
  'arguments of a tool, as JSON': {
    messages: [{ content: [{ type: 'tool_use', input: { deep: [{ key: SECRET }] } }] }],
  },
  'a result of a tool': { messages: [{ role: 'tool', content: SECRET }] },
  'a result in blocks': {
    messages: [{ content: [{ type: 'tool_result', content: [{ type: 'text', text: SECRET }] }] }],
  },
  'Gemini’s result of a function': { contents: [{ parts: [{ functionResponse: { response: { out: SECRET } } }] }] },
  'Bedrock’s result of a tool': { messages: [{ content: [{ toolResult: { content: [{ json: { out: SECRET } }] } }] }] },
  'a definition of a tool': { tools: [{ function: { name: 'f', description: SECRET } }] },
  'a document': { messages: [{ content: [{ type: 'document', source: { type: 'text', data: SECRET } }] }] },
  'documents to rank': { query: 'x', documents: ['a', { text: SECRET }] },
  'input of embeddings': { input: ['a', SECRET] },
  'Gemini’s content to embed': { requests: [{ content: { parts: [{ text: SECRET }] } }] },
  'a prompt for an image': { prompt: SECRET },
  'text to be spoken': { input: SECRET, voice: 'alloy' },
  'text to be completed': { prompt: ['a', SECRET] },
  'an output of a function in Responses': { input: [{ type: 'function_call_output', call_id: 'c', output: SECRET }] },
  'a metadata field': { metadata: { note: SECRET } },
  'a field that nobody heard of': { vendor_extension: { nested: [[{ text: SECRET }]] } },
  'a long name of a field': { metadata: { [SECRET]: 1 } },
  'the text of an answer': [{ index: 0, parts: [{ kind: 'text', text: SECRET }] }],
  'the reasoning of an answer': [{ index: 0, parts: [{ kind: 'reasoning', text: SECRET }] }],
  'the arguments of a tool in an answer': [
    { index: 0, parts: [{ kind: 'tool-call', name: 'f', arguments: `{"k":"${SECRET}"}` }] },
  ],
};

describe('guardrails look', () => {
  it.each(Object.entries(PLACES))('into %s', (_, body) => {
    const { findings, value } = inspectJson(body, active, 'input');
    expect(findings.map(({ rule }) => rule)).toEqual(['openai-key']);
    expect(JSON.stringify(value)).not.toContain(SECRET);
    expect(JSON.stringify(findings)).not.toContain(SECRET);
  });
});
