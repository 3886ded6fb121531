import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providers, type StoredCredential } from '#libs/providers';
import { SIMULATED_AWS, type SimulatedProvider, type Simulator, startSimulator } from '#libs/testing';
import { probe } from './probe.js';

const EMAIL = 'gateway@acme-1.iam.gserviceaccount.com';
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [account, stranger] = [rsa(), rsa()];

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  const publicKey = account.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await simulator.googleAccount({ clientEmail: EMAIL, publicKey });
});
afterAll(() => simulator?.stop());

function ask(id: string, at: SimulatedProvider, secret: StoredCredential['secret'], region: string | null = null) {
  const provider = providers.get(id);
  if (!provider) throw new Error(`no provider ${id}`);
  const credential = { secret, region, baseUrl: simulator.baseUrl(at) };
  return probe({ provider, credential, allowPrivateUpstreams: true });
}

const serviceAccount = ({ privateKey } = account) => ({
  project_id: 'acme-1',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  client_email: EMAIL,
  token_uri: `${simulator.baseUrl('google-oauth')}/token`,
});

describe('a test of a credential', () => {
  it.each([
    ['azure-openai', () => ask('azure-openai', 'azure', 'key')],
    ['azure-openai, dated', () => ask('azure-openai', 'azure', { apiKey: 'key', apiVersion: '2024-10-21' })],
    ['vertex', () => ask('vertex', 'vertex', serviceAccount(), 'europe-west4')],
    ['bedrock', () => ask('bedrock', 'bedrock', SIMULATED_AWS, 'eu-central-1')],
    ['cohere', () => ask('cohere', 'cohere', 'key')],
  ])('says that %s accepts a right one', async (_, asked) => {
    expect(await asked()).toMatchObject({ ok: true, status: 200, message: 'The provider accepts the credential.' });
  });

  it.each([
    ['azure-openai', 401, () => ask('azure-openai', 'azure', 'invalid')],
    ['vertex', 400, () => ask('vertex', 'vertex', serviceAccount(stranger), 'europe-west4')],
    [
      'bedrock',
      403,
      () => ask('bedrock', 'bedrock', { ...SIMULATED_AWS, secretAccessKey: 'x'.repeat(40) }, 'us-east-1'),
    ],
    ['cohere', 401, () => ask('cohere', 'cohere', 'invalid')],
  ])('says that %s refuses a wrong one', async (_, status, asked) => {
    const { ok, message, ...rest } = await asked();
    expect(rest).toMatchObject({ status });
    expect([ok, message]).toEqual([false, expect.stringContaining('refuse')]);
  });

  it('asks no token endpoint on a private network', async () => {
    const provider = providers.get('vertex');
    if (!provider) throw new Error('no provider vertex');
    const credential = { secret: serviceAccount(), region: 'global', baseUrl: null };
    const before = (await simulator.calls()).length;
    const result = await probe({ provider, credential, allowPrivateUpstreams: false });
    expect(result).toMatchObject({ ok: false, status: null });
    expect(await simulator.calls()).toHaveLength(before);
  });
});
