import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countTokens } from '../answering/tokens.js';
import { dataOf, type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const messages = [{ role: 'user', content: 'call the tool' }];
const tools = [
  { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: { city: {} } } } },
];
const chat = (body: object) => simulator.post('/cohere/v2/chat', { model: 'command-a', messages, ...body });
const call = (id: string) => ({ id, type: 'function', function: { name: 'weather', arguments: '{}' } });

describe('a chat', () => {
  it('repeats the last user text and bills it exactly, whole and streamed', async () => {
    const whole = (await (await chat({})).json()) as { message: { content: { text: string }[] }; usage: object };
    expect(whole.message.content).toEqual([{ type: 'text', text: 'You said: call the tool' }]);
    const counts = {
      input_tokens: countTokens('call the tool'),
      output_tokens: countTokens('You said: call the tool'),
    };
    expect(whole.usage).toMatchObject({ billed_units: counts, tokens: counts });
    const events = dataOf(await (await chat({ stream: true })).text()).map((data) => JSON.parse(data));
    const text = events.map(({ delta }) => delta?.message?.content?.text ?? '').join('');
    expect(text).toBe('You said: call the tool');
    expect(events.at(-1)).toMatchObject({
      type: 'message-end',
      delta: { finish_reason: 'COMPLETE', usage: whole.usage },
    });
  });

  it('calls a tool with a plan, and answers with its result', async () => {
    const first = (await (await chat({ tools })).json()) as { message: { tool_calls: { id: string }[] } };
    expect(first).toMatchObject({ finish_reason: 'TOOL_CALL', message: { tool_plan: 'I will use the tool.' } });
    const id = first.message.tool_calls[0]?.id ?? '';
    const turns = [
      ...messages,
      { role: 'assistant', tool_calls: [call(id)] },
      { role: 'tool', tool_call_id: id, content: 'sun' },
    ];
    const second = await (await chat({ tools, messages: turns })).json();
    expect(second).toMatchObject({ message: { content: [{ text: 'The tool returned: sun' }] } });
  });

  it.each([
    ['no model', { model: undefined }],
    [
      'a call without its result',
      { messages: [...messages, { role: 'assistant', tool_calls: [call('a')] }, ...messages] },
    ],
    ['a result without its call', { messages: [...messages, { role: 'tool', tool_call_id: 'a', content: 'x' }] }],
    ['a schema beside tools', { tools, response_format: { type: 'json_object' } }],
    ['a temperature of other vendors', { temperature: 1.5 }],
    ['a tool chosen by name', { tools, tool_choice: { type: 'function', function: { name: 'weather' } } }],
  ])('is refused with %s', async (_, body) => {
    expect((await chat(body)).status).toBe(400);
  });
});
