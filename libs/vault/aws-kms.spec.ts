import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsKmsMasterKey, type MasterKey, newDataKey, openDataKey, SealBroken, WrongMasterKey } from './index.js';

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

interface Command {
  readonly KeyId: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext: Record<string, string>;
}

/** As much of KMS as two commands need: the JSON 1.1 protocol, and a key that is nowhere but here. */
const material = randomBytes(32);
const asked: string[] = [];
let failNext = false;
let server: Server;
let endpoint: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  const target = String(request.headers['x-amz-target']);
  asked.push(target);
  const command = (await json(request)) as Command;
  if (failNext) {
    failNext = false;
    return refusal('AccessDeniedException');
  }
  expect(request.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDSPEC\/\d{8}\/eu-central-1\/kms\//);
  expect(command.KeyId).toBe(ARN);
  const context = Buffer.from(JSON.stringify(command.EncryptionContext));
  if (target === 'TrentService.Encrypt') {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', material, iv).setAAD(context);
    const sealed = [cipher.update(Buffer.from(command.Plaintext ?? '', 'base64')), cipher.final(), cipher.getAuthTag()];
    return { status: 200, body: { KeyId: ARN, CiphertextBlob: Buffer.concat([iv, ...sealed]).toString('base64') } };
  }
  const blob = Buffer.from(command.CiphertextBlob ?? '', 'base64');
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(0, 12))
    .setAAD(context)
    .setAuthTag(blob.subarray(-16));
  try {
    const plain = Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
    return { status: 200, body: { KeyId: ARN, Plaintext: plain.toString('base64') } };
  } catch {
    return refusal('InvalidCiphertextException');
  }
}

const refusal = (type: string) => ({ status: 400, body: { __type: type, message: type } });

const kms = (arn = ARN): MasterKey =>
  awsKmsMasterKey(arn, { endpoint, credentials: { accessKeyId: 'AKIDSPEC', secretAccessKey: 'spec' }, maxAttempts: 1 });

describe('a master key at AWS KMS', () => {
  it('wraps a data key and opens it again, in another process too', async () => {
    const { wrapped, key } = await newDataKey(kms(), 'organization-1');
    expect(wrapped.startsWith(kms().mark)).toBe(true);
    expect(wrapped).not.toContain(key.toString('base64url'));
    expect(await openDataKey(kms(), wrapped, 'organization-1')).toEqual(key);
    expect(asked).toEqual(['TrentService.Encrypt', 'TrentService.Decrypt']);
  });

  it('is asked once for a data key, however often and by how many at once it is needed', async () => {
    const { wrapped, key } = await newDataKey(kms(), 'organization-1');
    const masterKey = kms();
    asked.length = 0;
    await Promise.all(Array.from({ length: 20 }, () => openDataKey(masterKey, wrapped, 'organization-1')));
    expect(await openDataKey(masterKey, wrapped, 'organization-1')).toEqual(key);
    expect(asked).toEqual(['TrentService.Decrypt']);
  });

  it('does not open a data key for another owner, nor an altered one', async () => {
    const masterKey = kms();
    const { wrapped } = await newDataKey(masterKey, 'organization-1');
    await openDataKey(masterKey, wrapped, 'organization-1');
    await expect(openDataKey(masterKey, wrapped, 'organization-2')).rejects.toThrow(SealBroken);
    const altered = wrapped.slice(0, -8) + (wrapped.at(-8) === 'A' ? 'B' : 'A') + wrapped.slice(-7);
    await expect(openDataKey(masterKey, altered, 'organization-1')).rejects.toThrow(SealBroken);
  });

  it('is asked again after it failed', async () => {
    const masterKey = kms();
    const { wrapped, key } = await newDataKey(masterKey, 'organization-1');
    failNext = true;
    await expect(openDataKey(masterKey, wrapped, 'organization-1')).rejects.toThrow('AccessDenied');
    expect(await openDataKey(masterKey, wrapped, 'organization-1')).toEqual(key);
  });

  it('does not try what another master key wrapped', async () => {
    const { wrapped } = await newDataKey(kms(), 'organization-1');
    asked.length = 0;
    const other = kms(ARN.replace('1234abcd', 'ffffffff'));
    await expect(openDataKey(other, wrapped, 'organization-1')).rejects.toThrow(WrongMasterKey);
    expect(asked).toEqual([]);
  });
});
