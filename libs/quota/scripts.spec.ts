import { readdirSync, readFileSync } from 'node:fs';
import { connectRedis, ready } from '#libs/redis';
import { testRedis } from '#libs/testing';
import { expect, test } from 'vitest';
import { Quota } from './admission.js';
import { budget, rateLimit, request, usageEvent } from './quota.fixtures.js';

const directory = new URL('./scripts/', import.meta.url);
const scripts = readdirSync(directory).filter((name) => ['admit.lua', 'settle.lua', 'restore.lua'].includes(name));

test.each(scripts)('%s says what it does, takes and answers', (name) => {
  const text = readFileSync(new URL(name, directory), 'utf8');
  for (const heading of ['Purpose', 'Includes', 'KEYS', 'ARGV', 'Reply', 'Errors'])
    expect(text).toMatch(new RegExp(`^-- ${heading} `, 'm'));
});

test('on a Redis Cluster every key that a script touches lies in one hash slot', async () => {
  await using server = await testRedis({ cluster: true });
});
