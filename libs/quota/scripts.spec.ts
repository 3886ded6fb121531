import { readdirSync, readFileSync } from 'node:fs';
import { Cluster } from 'ioredis';
import { expect, test } from 'vitest';
import { connectRedis } from '#libs/redis';
import { testRedis } from '#libs/testing';
import { budget, CountedQuota, rateLimit, request, usageEvent } from './quota.fixtures.js';

const directory = new URL('./scripts/', import.meta.url);
const scripts = readdirSync(directory).filter((name) =>
  ['admit.lua', 'settle.lua', 'rebuild-begin.lua', 'rebuild-finish.lua'].includes(name),
);

test.each(scripts)('%s says what it does, takes and answers', (name) => {
  const text = readFileSync(new URL(name, directory), 'utf8');
  for (const heading of ['Purpose', 'Includes', 'KEYS', 'ARGV', 'Reply', 'Errors'])
    expect(text).toMatch(new RegExp(`^-- ${heading} `, 'm'));
});

test('on a Redis Cluster an admission and its settlement run, because all keys lie in one hash slot', async () => {
  await using server = await testRedis({
    serverArguments: ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'],
  });
  const node = connectRedis(server.url, { name: 'spec', patience: 'wait' });
  await node.cluster('ADDSLOTSRANGE', 0, 16_383);
  await node.quit();

  const { hostname: host, port } = new URL(server.url);
  const cluster = new Cluster([{ host, port: Number(port) }]);
  const limits = [
    rateLimit({ requestsPerMinute: 9, tokensPerMinute: 900, maxConcurrency: 9 }),
    rateLimit({ scope: { user: '*' }, requestsPerMinute: 9, tokensPerMinute: 900, maxConcurrency: 9 }),
  ];
  const budgets = [budget({ alertsAt: [1] }), budget({ scope: { team: '*' } })];
  const call = request({ limits, budgets, atMs: Date.now() }, { worstCaseNanoUsd: 5_000_000n });
  const admission = await new CountedQuota(cluster).admit(call);
  if (!admission.ok) throw new Error('refused');
  const event = usageEvent({ callId: call.callId, costNanoUsd: '5000000' });
  expect(await admission.reservation.settle({ inputTokens: 1, outputTokens: 1, event })).toBe('booked');
  await cluster.quit();
});
