import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countTokens } from '../answering/tokens.js';
import { type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
let client: Anthropic;
beforeAll(async () => {
  simulator = await underTest();
  client = new Anthropic({ apiKey: 'sk-test', baseURL: `${simulator.url}/anthropic`, maxRetries: 0 });
});
afterAll(() => simulator.stop());

const SAID = 'What is the weather in Bern?';
const TOOL = { name: 'weather', input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } } };
const user = (content: string) => [{ role: 'user' as const, content }];
const ask = (changes: object) =>
  client.messages.create({ model: 'claude', max_tokens: 2000, messages: user(SAID), ...changes });

it('repeats the last user text and bills it exactly', async () => {
  const message = await ask({ system: 'Be brief.' });
  expect(message).toMatchObject({
    content: [{ type: 'text', text: `You said: ${SAID}` }],
    stop_reason: 'end_turn',
    usage: {
      input_tokens: countTokens('Be brief.') + countTokens(SAID),
      output_tokens: countTokens(`You said: ${SAID}`),
    },
  });
});

it('streams events in their order, with a ping, that the SDK puts together', async () => {
  const stream = client.messages.stream({ model: 'claude', max_tokens: 100, messages: user(SAID) });
  expect((await stream.finalMessage()).content).toMatchObject([{ type: 'text', text: `You said: ${SAID}` }]);
  const response = await simulator.post('/anthropic/v1/messages', {
    model: 'claude',
    max_tokens: 100,
    messages: user(SAID),
    stream: true,
  });
  const names = [...(await response.text()).matchAll(/^event: (.*)$/gm)].map((match) => match[1]);
  expect(names.filter((name, index) => name !== names[index - 1])).toEqual([
    'message_start',
    'content_block_start',
    'ping',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
});

it('thinks with a signature, takes the block back, and refuses a forged one', async () => {
  const thinking = { type: 'enabled', budget_tokens: 1024 };
  const first = await ask({ thinking });
  expect(first.content.map((block) => block.type)).toEqual(['thinking', 'text']);
  const streamed = await client.messages
    .stream({
      model: 'claude',
      max_tokens: 2000,
      messages: user(SAID),
      thinking: { type: 'enabled', budget_tokens: 1024 },
    })
    .finalMessage();
  expect(streamed.content[0]).toEqual(first.content[0]);

  const goOn = (content: unknown[]) =>
    ask({ thinking, messages: [...user(SAID), { role: 'assistant', content }, ...user('go on')] });
  expect((await goOn(first.content)).content.at(-1)).toMatchObject({ text: 'You said: go on' });
  await expect(goOn([{ ...first.content[0], signature: 'forged' }])).rejects.toMatchObject({ status: 400 });
});

it('calls a tool, streamed or not, and answers with its result', async () => {
  const first = await ask({ messages: user('call the tool'), tools: [TOOL] });
  expect(first).toMatchObject({
    stop_reason: 'tool_use',
    content: [{ type: 'tool_use', name: 'weather', input: { city: 'sample city' } }],
  });
  const streamed = await client.messages
    .stream({ model: 'claude', max_tokens: 100, messages: user('hi'), tools: [TOOL], tool_choice: { type: 'any' } })
    .finalMessage();
  expect(streamed.content).toMatchObject([{ type: 'tool_use', input: { city: 'sample city' } }]);

  const [call] = first.content;
  const result = { type: 'tool_result', tool_use_id: call?.type === 'tool_use' ? call.id : '', content: '22 degrees' };
  const second = await ask({
    tools: [TOOL],
    messages: [
      ...user('call the tool'),
      { role: 'assistant', content: first.content },
      { role: 'user', content: [result] },
    ],
  });
  expect(second.content).toMatchObject([{ text: 'The tool returned: 22 degrees' }]);
});

it('writes a marked prefix to the cache once and reads it from then on', async () => {
  const system = [
    { type: 'text', text: `A long preamble, number ${Math.random()}.`, cache_control: { type: 'ephemeral' } },
  ];
  const [first, second] = [await ask({ system }), await ask({ system })];
  const cached = first.usage.cache_creation_input_tokens;
  expect(cached).toBeGreaterThan(5);
  expect(first.usage).toMatchObject({ cache_read_input_tokens: 0, input_tokens: countTokens(SAID) });
  expect(second.usage).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: cached });
});

it('stops at max_tokens and at stop sequences, and refuses as a stop reason', async () => {
  expect(await ask({ max_tokens: 2 })).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 2 } });
  expect(await ask({ stop_sequences: ['weather'] })).toMatchObject({
    stop_reason: 'stop_sequence',
    stop_sequence: 'weather',
    content: [{ text: 'You said: What is the ' }],
  });
  expect(await ask({ model: 'claude~refuse=true' })).toMatchObject({ stop_reason: 'refusal' });
});

it('counts tokens as it bills them', async () => {
  const counted = await client.messages.countTokens({ model: 'claude', messages: user(SAID), tools: [TOOL] });
  expect(counted.input_tokens).toBe((await ask({ tools: [TOOL] })).usage.input_tokens);
});

it.each([
  ['no max_tokens', { max_tokens: undefined }, 'max_tokens: Field required'],
  ['no messages', { messages: undefined }, 'messages: Field required'],
  ['a system message', { messages: [{ role: 'system', content: 'x' }] }, 'Unexpected role "system"'],
  ['an unknown role', { messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
  [
    'a tool result without its call',
    { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x' }] }] },
    'unexpected `tool_use_id`',
  ],
  [
    'a tool call without its result',
    {
      messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'x', name: 'f', input: {} }] }, ...user('hi')],
    },
    'without `tool_result`',
  ],
  ['thinking beyond max_tokens', { thinking: { type: 'enabled', budget_tokens: 4000 } }, 'must be greater than'],
  [
    'a forced tool while thinking',
    { thinking: { type: 'enabled', budget_tokens: 1024 }, tools: [TOOL], tool_choice: { type: 'any' } },
    'tool_choice forces',
  ],
  [
    'thinking in a turn that began without',
    {
      thinking: { type: 'enabled', budget_tokens: 1024 },
      tools: [TOOL],
      messages: [
        ...user(SAID),
        { role: 'assistant', content: [{ type: 'tool_use', id: 'x', name: 'weather', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: 'sun' }] },
      ],
    },
    'must start with a thinking block',
  ],
])('answers 400 to %s', async (_, changes, message) => {
  const body = { model: 'claude', max_tokens: 2000, messages: user(SAID), ...changes };
  const response = await simulator.post('/anthropic/v1/messages', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    type: 'error',
    error: { type: 'invalid_request_error', message: expect.stringContaining(message) },
    request_id: expect.stringMatching(/^req_/),
  });
});

it.each([
  [401, 'authentication_error', { 'anthropic-version': '2023-06-01' }],
  [401, 'authentication_error', { 'x-api-key': 'invalid', 'anthropic-version': '2023-06-01' }],
  [400, 'invalid_request_error', { 'x-api-key': 'sk-test' }],
])('answers %i %s to headers %j', async (status, type, headers) => {
  const response = await simulator.post('/anthropic/v1/messages', {}, headers);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ type: 'error', error: { type } });
});

it('keeps no conversations, and says so in a way that its SDK understands', async () => {
  const refused = ask({ thread: { type: 'create' } });
  await expect(refused).rejects.toMatchObject({
    status: 400,
    error: { error: { details: { error_code: 'thread_unsupported_request' } } },
  });
});

it('says that it is overloaded in its own way, as status 529 and in the middle of a stream', async () => {
  await expect(ask({ model: 'claude~status=529' })).rejects.toMatchObject({
    status: 529,
    error: { error: { type: 'overloaded_error' } },
  });
  const stream = client.messages.stream({ model: 'claude~errorInStream=true', max_tokens: 100, messages: user(SAID) });
  await expect(stream.finalMessage()).rejects.toThrow('overloaded_error');
});

it('goes on with the assistant’s last message, which must not end in white space', async () => {
  const goOn = (content: string) => ask({ messages: [...user(SAID), { role: 'assistant', content }] });
  expect((await goOn('You said: What')).content).toMatchObject([{ text: ' is the weather in Bern?' }]);
  await expect(goOn('You said: ')).rejects.toThrow('cannot end with trailing whitespace');
});
