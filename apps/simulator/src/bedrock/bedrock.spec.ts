import { Sha256 } from '@smithy/core/checksum';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type UnderTest, underTest } from '../under-test.js';
import { ACCOUNT } from './account.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const MODEL = 'anthropic.claude-3-5-haiku-20241022-v1:0';
const SAID = { messages: [{ role: 'user', content: [{ text: 'hello' }] }] };

interface Signing {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly service?: string;
  readonly at?: Date;
  /** What is sent where another body was signed. */
  readonly sent?: object;
}

async function converse(body: object, verb = 'converse', signing: Signing = {}): Promise<Response> {
  const { credentials = ACCOUNT, service = 'bedrock', at = new Date(), sent = body } = signing;
  const url = new URL(`${simulator.url}/bedrock/model/${encodeURIComponent(MODEL)}/${verb}`);
  const signer = new SignatureV4({ credentials, service, region: 'us-east-1', sha256: Sha256 });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    { signingDate: at },
  );
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(sent) });
}

describe('a signature', () => {
  it('of the account is accepted', async () => {
    expect((await converse(SAID)).status).toBe(200);
  });

  it.each([
    ['with another secret', { credentials: { ...ACCOUNT, secretAccessKey: 'another' } }, 'InvalidSignatureException'],
    ['of an unknown key', { credentials: { ...ACCOUNT, accessKeyId: 'AKIA' } }, 'UnrecognizedClientException'],
    ['for another service', { service: 's3' }, 'InvalidSignatureException'],
    ['of yesterday', { at: new Date(Date.now() - 86_400_000) }, 'InvalidSignatureException'],
    ['for another body', { sent: { messages: [] } }, 'InvalidSignatureException'],
  ] satisfies [string, Signing, string][])('%s is refused', async (_, signing, type) => {
    const response = await converse(SAID, 'converse', signing);
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toMatch(type);
  });

  it('that is missing is refused', async () => {
    expect((await simulator.post(`/bedrock/model/${MODEL}/converse`, SAID, {})).status).toBe(403);
  });
});

describe('Converse', () => {
  it('repeats the last user text, whole and in frames that the vendor’s own reader accepts', async () => {
    const whole = (await (await converse(SAID)).json()) as { output: { message: { content: { text: string }[] } } };
    const text = whole.output.message.content[0]?.text;
    expect(text).toBe('You said: hello');
    const frames = await events(await converse(SAID, 'converse-stream'));
    expect(frames.map(({ type }) => type)).toEqual([
      'messageStart',
      ...frames.slice(1, -3).map(() => 'contentBlockDelta'),
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(frames.map(({ payload }) => payload.delta?.text ?? '').join('')).toBe(text);
    expect(frames.at(-1)?.payload.usage).toEqual((whole as unknown as { usage: object }).usage);
  });

  it.each([
    ['blank text', { messages: [{ role: 'user', content: [{ text: ' ' }] }] }],
    ['the assistant first', { messages: [{ role: 'assistant', content: [{ text: 'a' }] }] }],
    ['one role twice', { messages: [...SAID.messages, ...SAID.messages] }],
    ['calls without tools', { messages: [...SAID.messages, { role: 'assistant', content: [{ toolUse: {} }] }] }],
    ['no messages', {}],
  ])('refuses %s', async (_, body) => {
    expect((await converse(body)).status).toBe(400);
  });
});

interface Frame {
  readonly type: unknown;
  readonly payload: { readonly delta?: { readonly text?: string }; readonly usage?: object };
}

async function events(response: Response): Promise<Frame[]> {
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes as Uint8Array).toString(),
    (text) => Buffer.from(text),
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    const { headers, body } = codec.decode(bytes.subarray(at, at + bytes.readUInt32BE(at)));
    frames.push({ type: headers[':event-type']?.value, payload: JSON.parse(Buffer.from(body).toString()) });
  }
  return frames;
}
