import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvent } from '#libs/quota';
import { usageEvent } from '#libs/testing';
import { memberOf } from '../../../../../test/admin/sign-in.js';
import { type AdminApp, given, startAdmin } from '../../../../../test/admin/start-admin.js';
import type { LiveBatch } from './live.dto.js';

let admin: AdminApp;
let acme: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
  await given(
    admin,
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/teams', { slug: 'web', name: 'Web' }],
  );
});
afterAll(() => admin.stop());

/** The stream as `authorization` sees it; `next` is its next batch. */
async function look(authorization: string) {
  const leave = new AbortController();
  const response = await fetch(`${admin.url}/api/v1/organizations/acme/requests/live`, {
    headers: { authorization, accept: 'text/event-stream' },
    signal: leave.signal,
  });
  expect(response.status).toBe(200);
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    leave: () => leave.abort(),
    async next(): Promise<LiveBatch> {
      for (;;) {
        const batch = /event: calls\ndata: (.*)\n\n/.exec(text);
        if (batch) {
          text = text.slice(batch.index + batch[0].length);
          return JSON.parse(batch[1] ?? '') as LiveBatch;
        }
        text += (await reader.read()).value ?? '';
      }
    },
  };
}

const settle = (team: string, status = 200) =>
  appendEvent(admin.connections.redis, usageEvent({ organizationId: acme, team, status, costNanoUsd: '1000' }));

/** Settles calls until the stream tells of one: what comes before the first read is not told. */
async function firstOf(stream: Awaited<ReturnType<typeof look>>, team: string): Promise<LiveBatch> {
  const again = setInterval(() => void settle(team), 200);
  return stream.next().finally(() => clearInterval(again));
}

describe('live calls', () => {
  it('are told as they are settled, with sums, to everyone who looks', async () => {
    const [one, two] = [await look(admin.authorization), await look(admin.authorization)];
    for (const stream of [one, two]) {
      const batch = await firstOf(stream, 'web');
      expect(batch.newest[0]).toMatchObject({ team: 'web', status: 200, costUsd: '0.000001' });
      expect(batch.requests).toBe(batch.newest.length);
      stream.leave();
    }
  });

  it('of other teams are not told to who may see only their own', async () => {
    const member = await memberOf(admin, 'acme', 'lead@acme.example', { role: 'team-admin', team: 'web' });
    const stream = await look(`Bearer ${member.accessToken}`);
    await firstOf(stream, 'web');
    await settle('sales', 500);
    const { newest } = await firstOf(stream, 'web');
    expect(new Set(newest.map(({ team }) => team))).toEqual(new Set(['web']));
    stream.leave();
  });

  it('400: without accepting an event stream; 404: in another organization', async () => {
    const member = await memberOf(admin, 'other', 'o@other.example', { role: 'owner' });
    expect((await admin.call('GET', '/organizations/acme/requests/live')).status).toBe(400);
    expect((await member.call('GET', '/organizations/acme/requests/live')).status).toBe(404);
  });
});
