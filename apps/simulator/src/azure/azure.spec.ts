import { AzureOpenAI } from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const messages = [{ role: 'user' as const, content: 'hello' }];
const post = (path: string, key = 'k', body: object = { model: 'gpt', messages }) =>
  simulator.post(`/azure/openai${path}`, body, { 'api-key': key });

it('answers the official client on a deployment, whole and streamed', async () => {
  const client = new AzureOpenAI({
    endpoint: `${simulator.url}/azure`,
    apiKey: 'k',
    apiVersion: '2024-10-21',
    deployment: 'my-gpt',
  });
  const whole = await client.chat.completions.create({ model: '', messages });
  expect([whole.model, whole.choices[0]?.message.content]).toEqual(['my-gpt', 'You said: hello']);
  let text = '';
  for await (const chunk of await client.chat.completions.create({ model: '', messages, stream: true }))
    text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toBe('You said: hello');
});

it('answers its v1 API without a version, and says first what the content filter thinks', async () => {
  const stream = await post('/v1/chat/completions', 'k', { model: 'gpt', messages, stream: true });
  const [first = ''] = (await stream.text()).split('\n\n');
  expect(JSON.parse(first.slice('data: '.length))).toMatchObject({
    choices: [],
    model: '',
    prompt_filter_results: [{}],
  });
});

it('refuses a wrong key, a bearer token and a deployment without a version', async () => {
  expect((await post('/v1/chat/completions', 'invalid')).status).toBe(401);
  const bearer = { authorization: 'Bearer k' };
  expect((await simulator.post('/azure/openai/v1/chat/completions', { messages }, bearer)).status).toBe(401);
  expect((await post('/deployments/my-gpt/chat/completions')).status).toBe(404);
});
