import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countTokens } from '../answering/tokens.js';
import { type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
let client: OpenAI;
beforeAll(async () => {
  simulator = await underTest();
  client = new OpenAI({ apiKey: 'sk-test', baseURL: `${simulator.url}/openai/v1`, maxRetries: 0 });
});
afterAll(() => simulator.stop());

const WEATHER = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const CHAT_TOOL = { type: 'function' as const, function: { name: 'weather', parameters: WEATHER } };
const SAID = 'What is the weather in Bern?';

async function collect<T>(stream: Promise<AsyncIterable<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of await stream) all.push(item);
  return all;
}

describe('chat completions, by the official SDK', () => {
  const user = (content: string) => [{ role: 'user' as const, content }];

  it('repeat the last user text and bill it exactly', async () => {
    const completion = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'system', content: 'Be brief.' }, ...user(SAID)],
    });
    expect(completion.choices[0]?.message.content).toBe(`You said: ${SAID}`);
    expect(completion.usage?.prompt_tokens).toBe(countTokens('Be brief.') + countTokens(SAID));
    expect(completion.usage?.completion_tokens).toBe(countTokens(`You said: ${SAID}`));
  });

  it('stream role, tokens, finish reason, and usage only when asked for it', async () => {
    const ask = (include_usage: boolean) =>
      collect(
        client.chat.completions.create({
          model: 'gpt-4o',
          messages: user(SAID),
          stream: true,
          stream_options: { include_usage },
        }),
      );
    const chunks = await ask(true);
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(`You said: ${SAID}`);
    expect(chunks.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: countTokens(SAID) } });
    expect((await ask(false)).some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('call a tool, and answer with its result', async () => {
    const first = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: user('call the tool'),
      tools: [CHAT_TOOL],
    });
    const message = first.choices[0]!.message;
    const call = message.tool_calls![0]!;
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    expect(call).toMatchObject({
      type: 'function',
      function: { name: 'weather', arguments: '{"city":"sample city"}' },
    });
    const second = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [...user('call the tool'), message, { role: 'tool', tool_call_id: call.id, content: '22 degrees' }],
      tools: [CHAT_TOOL],
    });
    expect(second.choices[0]?.message.content).toBe('The tool returned: 22 degrees');
  });

  it('stream parallel tool calls that the SDK puts together', async () => {
    const stream = client.chat.completions.stream({
      model: 'gpt-4o',
      messages: user('call the tools'),
      tools: [CHAT_TOOL, { ...CHAT_TOOL, function: { ...CHAT_TOOL.function, name: 'forecast' } }],
    });
    const { choices } = await stream.finalChatCompletion();
    const calls = choices[0]!.message.tool_calls!.map((call) => call.type === 'function' && call.function);
    expect(calls).toMatchObject([{ name: 'weather' }, { name: 'forecast' }]);
    expect(calls.map((call) => JSON.parse(call ? call.arguments : ''))).toEqual(Array(2).fill({ city: 'sample city' }));
  });

  it('give n choices, count images, answer schemas, stop at limits, hide reasoning but bill it', async () => {
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA==' } };
    const many = await client.chat.completions.create({
      model: 'gpt-4o',
      n: 2,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'look' }, image, image] }],
    });
    expect(many.choices.map((choice) => choice.message.content)).toEqual([
      'I see 2 images. You said: look',
      'Choice 2. I see 2 images. You said: look',
    ]);
    const formed = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: user('go'),
      response_format: { type: 'json_schema', json_schema: { name: 'w', schema: WEATHER, strict: true } },
    });
    expect(JSON.parse(formed.choices[0]?.message.content ?? '')).toEqual({ city: 'sample city' });
    const cut = await client.chat.completions.create({
      model: 'gpt-5',
      max_completion_tokens: 3,
      messages: user(SAID),
    });
    expect(cut.choices[0]?.finish_reason).toBe('length');
    expect(cut.usage?.completion_tokens).toBe(3);
    const reasoned = await client.chat.completions.create({
      model: 'gpt-5',
      reasoning_effort: 'high',
      messages: user(SAID),
    });
    expect(reasoned.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(10);
    expect(reasoned.choices[0]?.message.content).toBe(`You said: ${SAID}`);
  });

  it('refuse in the field for refusals', async () => {
    const { choices } = await client.chat.completions.create({ model: 'gpt-4o~refuse=true', messages: user(SAID) });
    expect(choices[0]?.message).toMatchObject({ content: null, refusal: "I'm sorry, but I can't help with that." });
  });
});

describe('responses, by the official SDK', () => {
  const TOOL = { type: 'function' as const, name: 'weather', parameters: WEATHER, strict: true };

  it('answer, and remember what they said for previous_response_id', async () => {
    const first = await client.responses.create({ model: 'gpt-4o', input: 'call the tool', tools: [TOOL] });
    const call = first.output[0]!;
    expect(call).toMatchObject({ type: 'function_call', name: 'weather', arguments: '{"city":"sample city"}' });
    const second = await client.responses.create({
      model: 'gpt-4o',
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: 'call_id' in call ? call.call_id! : '', output: '22 degrees' }],
    });
    expect(second.output_text).toBe('The tool returned: 22 degrees');
    expect(second.usage?.input_tokens).toBeGreaterThan(countTokens('call the tool22 degrees'));
  });

  it('stream events in order, numbered, with a whole response at the end', async () => {
    const events = await collect(
      client.responses.create({
        model: 'gpt-5',
        input: SAID,
        stream: true,
        reasoning: { effort: 'low', summary: 'auto' },
        include: ['reasoning.encrypted_content'],
      }),
    );
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const types = events.map((event) => event.type);
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.reasoning_summary_part.added',
      'response.reasoning_summary_text.delta',
      'response.reasoning_summary_text.done',
      'response.reasoning_summary_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    const last = events.at(-1)!;
    expect(last.type === 'response.completed' && last.response.output).toMatchObject([
      { type: 'reasoning', encrypted_content: expect.stringMatching(/^gAAAA/) },
      { type: 'message', content: [{ type: 'output_text', text: `You said: ${SAID}` }] },
    ]);
  });

  it('take reasoning back only as they handed it out', async () => {
    const first = await client.responses.create({
      model: 'gpt-5',
      input: SAID,
      reasoning: { effort: 'low' },
      include: ['reasoning.encrypted_content'],
    });
    const again = (output: unknown[]) =>
      client.responses.create({ model: 'gpt-5', input: [...output, { role: 'user', content: 'go on' }] as never });
    expect((await again(first.output)).output_text).toBe('You said: go on');
    const forged = { ...first.output[0]!, encrypted_content: 'gAAAAforged' };
    await expect(again([forged])).rejects.toMatchObject({ status: 400, code: 'invalid_encrypted_content' });
  });

  it('are incomplete at the limit', async () => {
    const response = await client.responses.create({ model: 'gpt-4o~tokens=40', input: SAID, max_output_tokens: 16 });
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      usage: { output_tokens: 16 },
    });
  });
});

describe('the other endpoints, by the official SDK', () => {
  it('complete a prompt', async () => {
    const completion = await client.completions.create({
      model: 'gpt-3.5-turbo-instruct',
      prompt: SAID,
      max_tokens: 3,
    });
    expect(completion.choices[0]).toMatchObject({ text: 'You said:', finish_reason: 'length' });
    const chunks = await collect(
      client.completions.create({ model: 'm', prompt: SAID, stream: true, stream_options: { include_usage: true } }),
    );
    expect(chunks.map((chunk) => chunk.choices[0]?.text ?? '').join('')).toBe(`You said: ${SAID}`);
    expect(chunks.at(-1)?.usage?.prompt_tokens).toBe(countTokens(SAID));
  });

  it('embed texts, alike ones in like directions, as floats and as base64', async () => {
    const embed = async (input: string[], encoding_format?: 'float') =>
      client.embeddings.create({ model: 'text-embedding-3-small', input, ...(encoding_format && { encoding_format }) });
    const { data, usage } = await embed(['the red fox', 'the red dog', 'money laundering rules']);
    const [fox, dog, money] = data.map((item) => item.embedding);
    const cosine = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(fox).toHaveLength(1536);
    expect(cosine(fox!, dog!)).toBeGreaterThan(0.5);
    expect(cosine(fox!, money!)).toBeLessThan(0.3);
    expect(usage.prompt_tokens).toBe(countTokens('the red fox') * 2 + countTokens('money laundering rules'));
    const floats = (await embed(['the red fox'], 'float')).data[0]!.embedding;
    expect(floats.map(Math.fround)).toEqual([...fox!]);
  });

  it('moderate, draw, speak, transcribe and list models', async () => {
    const { results } = await client.moderations.create({ input: ['plain violence', 'a nice day'] });
    expect(results.map((result) => result.flagged)).toEqual([true, false]);
    expect(results[0]?.categories.violence).toBe(true);

    const drawn = await client.images.generate({ model: 'gpt-image-1', prompt: 'a fox', n: 2 });
    expect(drawn.data?.map((image) => typeof image.b64_json)).toEqual(['string', 'string']);
    expect(drawn.usage?.input_tokens).toBe(2);
    expect((await client.images.generate({ model: 'dall-e-3', prompt: 'a fox' })).data?.[0]?.url).toContain('https://');

    const spoken = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello there' });
    expect(spoken.headers.get('content-type')).toBe('audio/mpeg');
    expect((await spoken.arrayBuffer()).byteLength).toBeGreaterThan(100);

    const file = await toFile(Buffer.alloc(32_000), 'talk.wav');
    const heard = await client.audio.transcriptions.create({ model: 'whisper-1', file });
    expect(heard).toMatchObject({
      text: 'Transcript of talk.wav, 32000 bytes.',
      usage: { type: 'duration', seconds: 2 },
    });
    const streamed = await collect(
      client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file, stream: true }),
    );
    expect(streamed.at(-1)).toMatchObject({ type: 'transcript.text.done', text: heard.text });

    expect((await client.models.list()).data.length).toBeGreaterThan(3);
    expect((await client.models.retrieve('gpt-4o')).id).toBe('gpt-4o');
  });
});
