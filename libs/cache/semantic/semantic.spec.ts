import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import { lexicalVector, NearIndex, read, vetoOf } from '../index.js';
import { cosine, quantize } from './quantized.js';

const veto = (a: string, b: string) => vetoOf(read(a), read(b));

describe('texts that say the same', () => {
  it.each([
    ['How do I reset my password?', 'how can I reset my password'],
    ['What is the capital of France?', 'Please tell me what the capital of France is.'],
    ["What's the boiling point of water?", 'What is the boiling point of water'],
    ['Explain the theory of relativity', 'Could you explain the theory of relativity, please?'],
    ['List three benefits of tea', 'List 3 benefits of tea'],
    ['Why do cats purr?', 'Why does a cat purr'],
  ])('may share an answer: %s / %s', (a, b) => {
    expect(veto(a, b)).toBeNull();
    expect(cosine(quantize(lexicalVector(a)), quantize(lexicalVector(b)))).toBeGreaterThan(0.9);
  });
});

describe('texts that are near and say something else', () => {
  it.each([
    ['numbers', 'Convert 10 km to miles', 'Convert 100 km to miles'],
    ['numbers', 'Name two prime numbers', 'Name three prime numbers'],
    ['numbers', 'What is 1,000.5 plus 1?', 'What is 10005 plus 1?'],
    ['numbers', 'News of 2024-03-01', 'News of 2024-03-02'],
    ['times', 'What is open on Monday?', 'What is open on Sunday?'],
    ['quotes', 'Translate "apple" to French', 'Translate "pear" to French'],
    ['code', 'What does `map()` do?', 'What does `filter()` do?'],
    ['code', 'How is user_id used?', 'How is team_id used?'],
    ['names', 'Who is the president of France?', 'Who is the president of Brazil?'],
    ['negation', 'Is it safe to eat this?', 'Is it not safe to eat this?'],
    ['negation', 'Can I travel with a visa?', 'Can I travel without a visa?'],
    ['asked', 'When did the war end?', 'Why did the war end?'],
    ['opposites', 'How do I increase the volume?', 'How do I decrease the volume?'],
    ['opposites', 'Is the price higher?', 'Is the price lower?'],
    ['words', 'How long is it 5 miles away?', 'How long is it 5 km away?'],
    ['words', 'how do i learn java', 'how do i learn python'],
    ['order', 'Is tea better than coffee?', 'Is coffee better than tea?'],
    ['order', 'flights from Paris to Rome', 'flights from Rome to Paris'],
    ['order', 'Should a person swim to know diving?', 'Should a person know swimming to dive?'],
    ['script', 'Кто ты?', 'Кто он?'],
  ])('must not: %s differ: %s / %s', (reason, a, b) => {
    expect(veto(a, b)).toBe(reason);
    expect(veto(b, a)).toBe(reason);
  });

  it('whatever the text, it may share its own answer unless no list knows its script', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), (text) => {
        expect(veto(text, text)).toBeNull();
      }),
    );
  });
});

describe('the index of questions', () => {
  let server: TestRedis;
  let redis: Redis;
  let now = 1;
  beforeAll(async () => {
    server = await testRedis();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  const turned = (text: string) => ({ text, vector: lexicalVector(text) });
  const bucket = (organizationId: string, fingerprint: string) => ({ organizationId, fingerprint });

  it('finds in every gateway what one has added, the nearest first, and nothing that a veto forbids', async () => {
    const [a, b] = [new NearIndex(redis, () => now), new NearIndex(redis, () => now)];
    const where = bucket('one', 'same');
    expect(await b.find(where, turned('how can I reset my password'), 0.5)).toBeNull();
    await a.add(where, 'h1', turned('How do I reset my password?'), 60_000);
    await a.add(where, 'h2', turned('How do I reset 2 passwords?'), 60_000);
    expect(await b.find(where, turned('how can I reset my password'), 0.9)).toMatchObject({ hash: 'h1' });
    expect(await b.find(where, turned('how can I change my password'), 0.1)).toBeNull();
    expect(await redis.pttl(keys.nearQuestions('one', 'same'))).toBeGreaterThan(0);
  });

  it('forgets a question when its answer is over', async () => {
    const index = new NearIndex(redis, () => now);
    const where = bucket('one', 'short');
    await index.add(where, 'h', turned('Why do cats purr?'), 10_000);
    expect(await index.find(where, turned('why does a cat purr'), 0.8)).not.toBeNull();
    now += 10_001;
    expect(await index.find(where, turned('why does a cat purr'), 0.8)).toBeNull();
  });

  it('never finds a question of another organization, scope or context, in 10,000 tries with the very same words', async () => {
    const index = new NearIndex(redis, () => now);
    const text = 'What is our revenue?';
    const [organizations, fingerprints] = [10, 10];
    const hashOf = (o: number, f: number) => `${o}/${f}`;
    for (let o = 0; o < organizations; o++)
      for (let f = 0; f < fingerprints; f++)
        if ((o + f) % 2 === 0) await index.add(bucket(`org-${o}`, `f-${f}`), hashOf(o, f), turned(text), 60_000);
    const part = fc.nat(organizations - 1);
    await fc.assert(
      fc.asyncProperty(part, part, async (o, f) => {
        const found = await index.find(bucket(`org-${o}`, `f-${f}`), turned(text), 0.5);
        expect(found?.hash ?? null).toBe((o + f) % 2 === 0 ? hashOf(o, f) : null);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
