import { describe, expect, it } from 'vitest';
import { providers } from '#libs/providers';
import { checkBaseUrl } from './base-url.js';
import { probe } from './probe.js';

const STRICT = { allowPrivateUpstreams: false };

describe('a base URL', () => {
  it.each(['https://api.example.com/v1', 'https://8.8.8.8'])('may be %s', (url) => {
    expect(checkBaseUrl(url, STRICT)).toBe(url);
  });

  it.each([
    'http://api.example.com',
    'https://localhost:8080',
    'https://api.localhost',
    'https://127.0.0.1',
    'https://[::1]',
    'https://[::ffff:10.0.0.1]',
    'https://10.1.2.3/v1',
    'https://169.254.169.254/latest',
    'https://2130706433',
    'https://0x7f.1',
  ])('is refused when it would lead inside: %s', (url) => {
    expect(() => checkBaseUrl(url, STRICT)).toThrow(/baseUrl/);
  });

  it('has no query: a path is put behind it', () => {
    expect(() => checkBaseUrl('https://api.example.com?key=1', STRICT)).toThrow(/baseUrl/);
  });

  it('may lead inside where the operator allows it', () => {
    expect(checkBaseUrl('http://127.0.0.1:11434/v1/', { allowPrivateUpstreams: true })).toBe(
      'http://127.0.0.1:11434/v1',
    );
  });

  it('is refused when its name turns out to lead inside', async () => {
    const provider = providers.get('openai');
    if (!provider) throw new Error('there is no provider openai');
    const credential = { baseUrl: 'https://localhost:1', secret: 's', region: null };
    const result = await probe({ provider, credential, ...STRICT });
    expect(result).toMatchObject({ ok: false, status: null, message: 'The base URL leads to a private network.' });
  });
});
