import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret, signedHeaders } from './index.js';

describe('a signature', () => {
  it('is HMAC-SHA256 over id, timestamp and body, as Standard Webhooks has it', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
    const sent = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', atMs: 1_614_265_330_999, body: '{"test": 2432232314}' };
    const key = Buffer.from(secret.slice(6), 'base64');
    const mac = createHmac('sha256', key).update('msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}');
    expect(signedHeaders([secret], sent)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': `v1,${mac.digest('base64')}`,
    });
  });

  it('is there once per secret while a secret is being changed', () => {
    const [before, after] = [newWebhookSecret(), newWebhookSecret()];
    const sent = { id: 'x', atMs: 0, body: '' };
    const both = signedHeaders([after, before], sent)['webhook-signature'].split(' ');
    expect(both).toEqual([after, before].map((secret) => signedHeaders([secret], sent)['webhook-signature']));
    expect(new Set(both).size).toBe(2);
  });

  it('cannot be made with anything but a secret of a webhook', () => {
    expect(() => signedHeaders(['whsec_c2hvcnQ='], { id: 'x', atMs: 0, body: '' })).toThrow(TypeError);
  });
});
