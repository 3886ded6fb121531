import { afterAll, beforeAll, expect, it } from 'vitest';
import { countTokens } from '../answering/tokens.js';
import { dataOf, type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const SAID = 'What is the weather in Bern?';
const user = { role: 'user', content: SAID };
const TOOLS = [
  {
    type: 'function',
    function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
  },
];
const post = (changes: object) =>
  simulator.post('/mistral/v1/chat/completions', { model: 'mistral-small-latest', messages: [user], ...changes });
const chunksOf = async (response: Response) =>
  dataOf(await response.text())
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data));

it('repeats the last user text and bills it exactly', async () => {
  expect(await (await post({})).json()).toMatchObject({
    choices: [{ finish_reason: 'stop', message: { tool_calls: null, content: `You said: ${SAID}` } }],
    usage: { prompt_tokens: countTokens(SAID), completion_tokens: countTokens(`You said: ${SAID}`) },
  });
});

it('brings usage unasked, in the last chunk', async () => {
  const chunks = await chunksOf(await post({ stream: true }));
  expect(chunks.filter((chunk) => 'usage' in chunk)).toEqual([chunks.at(-1)]);
  expect(chunks.at(-1).choices[0]).toMatchObject({ finish_reason: 'stop', delta: { content: '' } });
  expect(chunks.map((chunk) => chunk.choices[0].delta.content).join('')).toBe(`You said: ${SAID}`);
});

it('brings a tool call whole, with an id of nine characters', async () => {
  const chunks = await chunksOf(await post({ stream: true, tools: TOOLS, tool_choice: 'any' }));
  expect(chunks.at(-1).choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    delta: {
      tool_calls: [
        { id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/), function: { arguments: '{"city":"sample city"}' } },
      ],
    },
  });
});

it('reasons in parts of the content', async () => {
  const { choices } = (await (await post({ prompt_mode: 'reasoning' })).json()) as {
    choices: { message: { content: { type: string }[] } }[];
  };
  expect(choices[0]?.message.content.map((part) => part.type)).toEqual(['thinking', 'text']);
});

it.each(['stream_options', 'max_completion_tokens', 'seed', 'user'])(
  'answers 422 to %s, which it does not know',
  async (name) => {
    const response = await post({ [name]: 1 });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      object: 'error',
      message: { detail: [{ type: 'extra_forbidden', loc: ['body', name] }] },
    });
  },
);

const call = (id: string) => ({ role: 'assistant', tool_calls: [{ id, function: { name: 'f', arguments: '{}' } }] });
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });

it.each([
  [
    'a user after a tool',
    400,
    [user, call('abcdefghi'), result('abcdefghi'), user],
    "Unexpected role 'user' after role 'tool'",
  ],
  ['an assistant at the end', 400, [user, { role: 'assistant', content: 'x' }], 'Expected last role User or Tool'],
  ["another vendor's tool call id", 400, [user, call('call_123'), result('call_123')], 'must be a-z, A-Z, 0-9'],
  ['an unknown role', 422, [{ role: 'developer', content: 'x' }], "Input tag 'developer'"],
])('answers to %s with %i', async (_, status, messages, message) => {
  const response = await post({ messages });
  expect(response.status).toBe(status);
  expect(JSON.stringify(await response.json())).toContain(message);
});

it('embeds', async () => {
  const response = await simulator.post('/mistral/v1/embeddings', { model: 'mistral-embed', input: ['a', 'b'] });
  expect(await response.json()).toMatchObject({
    data: [{ embedding: { length: 1024 } }, {}],
    usage: { prompt_tokens: 2 },
  });
});

it('answers 401 without details', async () => {
  const response = await simulator.post('/mistral/v1/chat/completions', {}, {});
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ detail: 'Unauthorized' });
});
