import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, type UnderTest, underTest } from './under-test.js';

const PROVIDERS = join(resolve(process.env['TOLLGATE_CORPUS'] ?? '../shared/corpus'), 'providers');
const present = existsSync(PROVIDERS);
if (!present) console.log(`No recordings at ${PROVIDERS}: answers are not held against recorded ones.`);

const messages = [{ role: 'user', content: 'call the tool' }];
const contents = [{ role: 'user', parts: [{ text: 'call the tool' }] }];
const schema = { type: 'object', properties: { location: { type: 'string' } } };
const tools = [{ type: 'function', function: { name: 'weather', parameters: schema } }];
const thinkingConfig = { thinkingBudget: 100 };

interface Case {
  readonly recording: string;
  readonly path: string;
  readonly body: object;
  /** Fields of the recording that the simulator leaves out, with the reason beside them. */
  readonly without?: readonly string[];
}

/** Recorded answers, and the request to the simulator whose answer has to have the same fields. */
const CASES: readonly Case[] = [
  { recording: 'openai/chat/openai-text.json', path: '/openai/v1/chat/completions', body: { model: 'm', messages } },
  {
    recording: 'openai/chat/openai-text.chunks.txt',
    path: '/openai/v1/chat/completions',
    body: { model: 'm', messages, stream: true, stream_options: { include_usage: true } },
  },
  {
    recording: 'openai/completion/openai-completion-text.json',
    path: '/openai/v1/completions',
    body: { model: 'm', prompt: 'x' },
  },
  {
    recording: 'openai/completion/openai-completion-text.chunks.txt',
    path: '/openai/v1/completions',
    body: { model: 'm', prompt: 'x', stream: true, stream_options: { include_usage: true } },
  },
  {
    recording: 'openai/embedding/openai-embedding.json',
    path: '/openai/v1/embeddings',
    body: { model: 'm', input: ['a', 'b'] },
  },
  {
    recording: 'openai/responses/openai-reasoning-encrypted-content.1.json',
    path: '/openai/v1/responses',
    body: {
      model: 'm',
      input: 'x',
      reasoning: { effort: 'high', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
      tools: [{ type: 'function', name: 'calculator', description: 'x', parameters: schema, strict: true }],
    },
    // `user` is null there and left out here, as OpenAI's schema wants; `billing` is of that account; the rest is the tool's.
    without: ['user', 'billing.payer', 'billing', 'tools[].parameters'],
  },
  {
    recording: 'anthropic/anthropic-text.json',
    path: '/anthropic/v1/messages',
    body: { model: 'm', max_tokens: 50, messages },
  },
  {
    recording: 'anthropic/anthropic-text.chunks.txt',
    path: '/anthropic/v1/messages',
    body: { model: 'm', max_tokens: 50, messages, stream: true },
  },
  {
    recording: 'anthropic/anthropic-json-tool.1.chunks.txt',
    path: '/anthropic/v1/messages',
    body: { model: 'm', max_tokens: 50, messages, stream: true, tools: [{ name: 'json', input_schema: schema }] },
  },
  {
    recording: 'google/google-text.json',
    path: '/gemini/v1beta/models/m:generateContent',
    body: { contents, generationConfig: { thinkingConfig } },
  },
  {
    recording: 'google/google-text.chunks.txt',
    path: '/gemini/v1beta/models/m:streamGenerateContent?alt=sse',
    body: { contents, generationConfig: { thinkingConfig } },
  },
  {
    recording: 'google/google-tool-call.json',
    path: '/gemini/v1beta/models/m:generateContent',
    body: {
      contents,
      generationConfig: { thinkingConfig },
      tools: [{ functionDeclarations: [{ name: 'weather', parameters: schema }] }],
    },
  },
  { recording: 'mistral/mistral-text.json', path: '/mistral/v1/chat/completions', body: { model: 'm', messages } },
  {
    recording: 'mistral/mistral-text.chunks.txt',
    path: '/mistral/v1/chat/completions',
    body: { model: 'm', messages, stream: true },
  },
  {
    recording: 'mistral/mistral-tool-call.json',
    path: '/mistral/v1/chat/completions',
    body: { model: 'm', messages, tools },
  },
  {
    recording: 'mistral/mistral-tool-call.chunks.txt',
    path: '/mistral/v1/chat/completions',
    body: { model: 'm', messages, tools, stream: true },
  },
  {
    recording: 'mistral/mistral-reasoning.json',
    path: '/mistral/v1/chat/completions',
    body: { model: 'm', messages, prompt_mode: 'reasoning' },
  },
  {
    recording: 'cohere/reranking/cohere-reranking.1.json',
    path: '/cohere/v2/rerank',
    body: { model: 'm', query: 'x', documents: ['a', 'b'] },
  },
  { recording: 'cohere/cohere-text.json', path: '/cohere/v2/chat', body: { model: 'm', messages } },
  {
    recording: 'cohere/cohere-text.chunks.txt',
    path: '/cohere/v2/chat',
    body: { model: 'm', messages, stream: true },
  },
  { recording: 'cohere/cohere-tool-call.json', path: '/cohere/v2/chat', body: { model: 'm', messages, tools } },
  {
    recording: 'cohere/cohere-tool-call.chunks.txt',
    path: '/cohere/v2/chat',
    body: { model: 'm', messages, tools, stream: true },
  },
  {
    recording: 'cohere/cohere-reasoning.json',
    path: '/cohere/v2/chat',
    body: { model: 'm', messages, thinking: { type: 'enabled' } },
  },
  {
    recording: 'cohere/cohere-reasoning.chunks.txt',
    path: '/cohere/v2/chat',
    body: { model: 'm', messages, thinking: { type: 'enabled' }, stream: true },
  },
];

describe.skipIf(!present)('recorded answers', () => {
  let simulator: UnderTest;
  let held = 0;
  beforeAll(async () => {
    simulator = await underTest();
  });
  afterAll(async () => {
    await simulator.stop();
    console.log(`The simulator's answers were held against ${held} recordings.`);
  });

  it.each(CASES)(
    'have no field that the simulator lacks: $recording',
    async ({ recording, path, body, without = [] }) => {
      const recorded = fieldsOf(readFileSync(join(PROVIDERS, recording), 'utf8'), recording.endsWith('.txt'));
      const response = await simulator.post(path, body);
      const simulated = fieldsOf(await response.text(), recording.endsWith('.txt'));
      const lacking = [...recorded].filter(
        (field) => !simulated.has(field) && !without.some((left) => field === left || field.startsWith(`${left}.`)),
      );
      expect(lacking).toEqual([]);
      held += 1;
    },
  );
});

/** Every field that occurs in a body, or in any event of a stream, as `choices[].delta.content`. */
function fieldsOf(content: string, streamed: boolean): ReadonlySet<string> {
  const data = content.includes('data: ') ? dataOf(content) : content.split('\n');
  const bodies = streamed ? data.filter((line) => line.startsWith('{')) : [content];
  return new Set(bodies.flatMap((body) => paths(JSON.parse(body), '')));
}

function paths(value: unknown, at: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const path = at === '' ? key : `${at}.${key}`;
    return [path, ...paths(part, path)];
  });
}
