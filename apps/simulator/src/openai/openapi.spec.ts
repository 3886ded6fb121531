import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elements, type Fields, fields, text } from '../json.js';
import { CREDENTIALS, dataOf, type UnderTest, underTest } from '../under-test.js';

const DOCUMENT = join(resolve(process.env['TOLLGATE_CORPUS'] ?? '../shared/corpus'), 'openai-openapi.json');
const present = existsSync(DOCUMENT);
if (!present) console.log(`No OpenAPI document at ${DOCUMENT}: answers are not held against OpenAI's schemas.`);

const TOOL = { type: 'object', properties: { city: { type: 'string' } } };
const CHAT = { model: 'gpt-4o', messages: [{ role: 'user', content: 'call the tool' }] };
const CHAT_TOOLS = [{ type: 'function', function: { name: 'f', parameters: TOOL } }];
const RESPONSES = { model: 'gpt-5', input: 'call the tool' };
const RESPONSES_TOOLS = [{ type: 'function', name: 'f', parameters: TOOL, strict: false }];

/** [schema, path, body] of answers in JSON. */
const ANSWERS: readonly (readonly [schema: string, path: string, body: object])[] = [
  ['CreateChatCompletionResponse', '/chat/completions', CHAT],
  ['CreateChatCompletionResponse', '/chat/completions', { ...CHAT, n: 2 }],
  ['CreateChatCompletionResponse', '/chat/completions', { ...CHAT, tools: CHAT_TOOLS }],
  ['CreateChatCompletionResponse', '/chat/completions', { ...CHAT, model: 'gpt-4o~refuse=true' }],
  ['CreateCompletionResponse', '/completions', { model: 'm', prompt: 'hi' }],
  ['Response', '/responses', RESPONSES],
  ['Response', '/responses', { ...RESPONSES, tools: RESPONSES_TOOLS, tool_choice: 'required' }],
  [
    'Response',
    '/responses',
    { ...RESPONSES, reasoning: { effort: 'high', summary: 'auto' }, include: ['reasoning.encrypted_content'] },
  ],
  ['Response', '/responses', { ...RESPONSES, model: 'gpt-5~refuse=true' }],
  ['Response', '/responses', { ...RESPONSES, model: 'gpt-5~tokens=90', max_output_tokens: 16 }],
  [
    'CreateEmbeddingResponse',
    '/embeddings',
    { model: 'm', input: ['a', 'b'], encoding_format: 'float', dimensions: 8 },
  ],
  ['CreateModerationResponse', '/moderations', { input: 'violence' }],
  ['ImagesResponse', '/images/generations', { model: 'gpt-image-1', prompt: 'a fox' }],
  ['ImagesResponse', '/images/generations', { model: 'dall-e-3', prompt: 'a fox', response_format: 'b64_json' }],
];

/** [schema, path, body] of streams, each event of which is held against the schema. */
const STREAMS: readonly (readonly [schema: string, path: string, body: object])[] = [
  [
    'CreateChatCompletionStreamResponse',
    '/chat/completions',
    { ...CHAT, tools: CHAT_TOOLS, stream_options: { include_usage: true } },
  ],
  ['CreateChatCompletionStreamResponse', '/chat/completions', CHAT],
  ['ResponseStreamEvent', '/responses', { ...RESPONSES, reasoning: { effort: 'low', summary: 'auto' } }],
  ['ResponseStreamEvent', '/responses', { ...RESPONSES, tools: RESPONSES_TOOLS }],
  ['ResponseStreamEvent', '/responses', { ...RESPONSES, model: 'gpt-5~refuse=true' }],
];

describe.skipIf(!present)("OpenAI's published schemas", () => {
  let simulator: UnderTest;
  let validator: (schema: string, value: unknown) => ValidateFunction;
  let held = 0;

  beforeAll(async () => {
    simulator = await underTest();
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    ajv.addFormat('unixtime', true);
    const document = amended(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
    ajv.addSchema(document, 'openai');
    const eventSchemas = schemasByEventType(document);
    validator = (schema, value) => {
      const name = schema === 'ResponseStreamEvent' ? eventSchemas.get(String(fields(value)['type'])) : schema;
      return ajv.compile({ $ref: `openai#/components/schemas/${name}` });
    };
  });
  afterAll(async () => {
    await simulator.stop();
    console.log(`${held} answers and events of the simulator were held against OpenAI's schemas.`);
  });

  function expectValid(schema: string, value: unknown): void {
    const validate = validator(schema, value);
    expect(validate(value), `${JSON.stringify(value)}\n${JSON.stringify(validate.errors?.slice(0, 5), null, 1)}`).toBe(
      true,
    );
    held += 1;
  }

  it.each(ANSWERS)('%s fits the answer of %s to %j', async (schema, path, body) => {
    const response = await simulator.post(`/openai/v1${path}`, body);
    expect(response.status).toBe(200);
    expectValid(schema, await response.json());
  });

  it.each(STREAMS)('%s fits every event of %s for %j', async (schema, path, body) => {
    const response = await simulator.post(`/openai/v1${path}`, { ...body, stream: true });
    const events = dataOf(await response.text()).filter((data) => data !== '[DONE]');
    expect(events.length).toBeGreaterThan(5);
    for (const event of events) expectValid(schema, JSON.parse(event));
  });

  it('fit the transcription and the list of models', async () => {
    const form = new FormData();
    form.set('model', 'whisper-1');
    form.set('response_format', 'verbose_json');
    form.set('file', new Blob(['sound']), 'a.wav');
    const { authorization } = CREDENTIALS;
    const heard = await fetch(`${simulator.url}/openai/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization },
      body: form,
    });
    expectValid('CreateTranscriptionResponseVerboseJson', await heard.json());
    const models = await fetch(`${simulator.url}/openai/v1/models`, { headers: { authorization } });
    expectValid('ListModelsResponse', await models.json());
  });
});

/**
 * The document as JSON Schema. Where recorded answers of OpenAI's hold null and the document forgets it, null is allowed:
 * `nullable` beside a reference, a chunk's `finish_reason`, and the `usage` of a response in progress.
 */
function amended(document: unknown): Fields {
  const schema = withNullable(document);
  const schemas = fields(fields(fields(schema)['components'])['schemas']);
  const chunk = fields(fields(schemas['CreateChatCompletionStreamResponse'])['properties']);
  const choice = fields(fields(fields(chunk['choices'])['items'])['properties']);
  allowNull(choice, 'finish_reason');
  for (const part of elements(fields(schemas['Response'])['allOf']))
    allowNull(fields(fields(part)['properties']), 'usage');
  return fields(schema);
}

function allowNull(properties: Fields, name: string): void {
  if (name in properties) Object.assign(properties, { [name]: { anyOf: [properties[name], { type: 'null' }] } });
}

function withNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNullable);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withNullable(part)]),
  );
  if (nullable === true && !('type' in rest)) return { anyOf: [rest, { type: 'null' }] };
  return nullable === undefined ? rest : { ...rest, nullable };
}

/** The event's own schema gives an error that can be read; the union of all of them does not. */
function schemasByEventType(document: Fields): ReadonlyMap<string, string> {
  const schemas = fields(fields(document['components'])['schemas']);
  const names = elements(fields(schemas['ResponseStreamEvent'])['anyOf']).map(
    (option) => text(fields(option)['$ref'])?.split('/').at(-1) ?? '',
  );
  return new Map(
    names.map((name) => [
      String(elements(fields(fields(fields(schemas[name])['properties'])['type'])['enum'])[0]),
      name,
    ]),
  );
}
