import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { WEBHOOK_EVENTS } from '#libs/messages';
import { newWebhookSecret, signedHeaders } from '#libs/webhooks';

type IsGenuine = (secret: string, headers: object, body: string, nowMs?: number) => boolean;

let page: string;
let isGenuine: IsGenuine;

beforeAll(async () => {
  page = await readFile('docs/guides/webhooks.md', 'utf8');
  const code = /```js\n([\s\S]+?)```/.exec(page)?.[1] ?? '';
  ({ isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { isGenuine: IsGenuine });
});

describe('the page on webhooks', () => {
  it('names every event, as the API describes it', () => {
    const rows = [...page.matchAll(/^\| `([\w.]+)` \| (.+) \|$/gm)].map(([, type, about]) => [type, about] as const);
    expect(rows.map(([type]) => type)).toEqual(Object.keys(WEBHOOK_EVENTS));
    for (const [type, about] of rows) expect(about).toContain(WEBHOOK_EVENTS[type as keyof typeof WEBHOOK_EVENTS]);
  });

  it('shows how to tell what we sent from what we did not', () => {
    const [secret, before] = [newWebhookSecret(), newWebhookSecret()];
    const sent = { id: 'x', atMs: Date.now(), body: '{"type":"webhook.test"}' };
    const headers = signedHeaders([before, secret], sent);
    expect(isGenuine(secret, headers, sent.body)).toBe(true);
    expect(isGenuine(newWebhookSecret(), headers, sent.body)).toBe(false);
    expect(isGenuine(secret, headers, `${sent.body} `)).toBe(false);
    expect(isGenuine(secret, headers, sent.body, sent.atMs + 400_000)).toBe(false);
  });
});
