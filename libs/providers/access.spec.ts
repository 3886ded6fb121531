import { describe, expect, it } from 'vitest';
import {
  AccessTokens,
  openAccess,
  type Provider,
  probeUrl,
  problemWithCredential,
  providers,
  urlFor,
} from './index.js';

const clock = { now: () => 0, monotonic: () => 0 };
const deps = { clock, tokens: new AccessTokens(() => Promise.reject(new Error('none needed')), clock) };
const AWS = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const REQUEST = { method: 'POST', url: 'https://host', headers: {}, body: '{}' } as const;

function provider(id: string): Provider {
  const found = providers.get(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

function access(id: string, secret: string | object, more: { baseUrl?: string; region?: string } = {}) {
  const opened = openAccess(provider(id), { secret, baseUrl: null, region: null, ...more }, deps);
  if (!opened) throw new Error(`${id} could not be opened`);
  return opened;
}

describe('a key', () => {
  it('travels as its provider wants it, and is there without waiting', () => {
    expect(access('openai', 'sk-1').authorize(REQUEST)).toEqual({ authorization: 'Bearer sk-1' });
    expect(access('gemini', 'k').authorize(REQUEST)).toEqual({ 'x-goog-api-key': 'k' });
    expect(access('anthropic', 'k').authorize(REQUEST)).toEqual({
      'x-api-key': 'k',
      'anthropic-version': '2023-06-01',
    });
    const azure = access('azure-openai', { apiKey: 'k' }, { baseUrl: 'https://r.openai.azure.com/' });
    expect(azure.authorize(REQUEST)).toEqual({ 'api-key': 'k' });
    expect(azure.baseUrl).toBe('https://r.openai.azure.com');
  });

  it('is out of reach of whoever prints what holds it', () => {
    const opened = access('openai', 'sk-very-secret');
    expect(JSON.stringify(opened)).not.toContain('very-secret');
  });
});

describe('an address', () => {
  it("is the credential's, else the provider's, else made of the region", () => {
    expect(access('openai', 'k').baseUrl).toBe('https://api.openai.com/v1');
    expect(access('openai', 'k', { baseUrl: 'https://proxy.example/v1//' }).baseUrl).toBe('https://proxy.example/v1');
    expect(access('bedrock', AWS, { region: 'eu-central-1' }).baseUrl).toBe(
      'https://bedrock-runtime.eu-central-1.amazonaws.com',
    );
    expect(access('bedrock', { ...AWS, region: 'us-east-1' }, { region: 'eu-central-1' }).baseUrl).toBe(
      'https://bedrock-runtime.us-east-1.amazonaws.com',
    );
  });

  it('of Azure has the deployment in the dated API and not in the v1 API', () => {
    const facts = { upstreamModel: 'my-gpt', stream: true };
    const baseUrl = 'https://r.openai.azure.com';
    const v1 = access('azure-openai', 'k', { baseUrl });
    const dated = access('azure-openai', { apiKey: 'k', apiVersion: '2024-10-21' }, { baseUrl });
    const azure = provider('azure-openai');
    expect(urlFor(azure, v1, 'chat', facts)).toBe(`${baseUrl}/openai/v1/chat/completions`);
    expect(urlFor(azure, dated, 'embeddings', facts)).toBe(
      `${baseUrl}/openai/deployments/my-gpt/embeddings?api-version=2024-10-21`,
    );
    expect(probeUrl(azure, v1)).toBe(`${baseUrl}/openai/v1/models`);
    expect(probeUrl(azure, dated)).toBe(`${baseUrl}/openai/models?api-version=2024-10-21`);
    expect(() => urlFor(azure, v1, 'rerank', facts)).toThrow(expect.objectContaining({ code: 'model_not_found' }));
  });
});

describe('a credential', () => {
  it.each([
    ['openai', 'sk-1', {}, null],
    ['openai', 'a b', {}, 'secret'],
    ['openai', { user: 'u' }, {}, 'secret'],
    ['vllm', 'k', {}, 'baseUrl'],
    ['azure-openai', 'k', {}, 'baseUrl'],
    ['azure-openai', { apiKey: 'k', apiVersion: 'a/b' }, { baseUrl: 'https://r' }, 'secret'],
    ['bedrock', 'sk-1', { region: 'eu-central-1' }, 'secret'],
    ['bedrock', AWS, {}, 'region'],
    ['bedrock', AWS, { region: 'eu' }, 'region'],
    ['bedrock', AWS, { region: 'eu-central-1.evil.example' }, 'region'],
    ['bedrock', AWS, { region: 'us-gov-west-1' }, null],
    ['vertex', '{}', { region: 'europe-west4' }, 'secret'],
  ] as const)('of %s with %j and %j has its problem in: %s', (id, secret, more, field) => {
    const problem = problemWithCredential(provider(id), { secret, baseUrl: null, region: null, ...more });
    expect(problem?.field ?? null).toBe(field);
    const opened = openAccess(provider(id), { secret, baseUrl: null, region: null, ...more }, deps);
    expect(opened === null).toBe(field !== null);
  });
});
