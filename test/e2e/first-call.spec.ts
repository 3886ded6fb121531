import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import OpenAI from 'openai';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack, tokenOf, until } from './stack.js';

interface Row {
  readonly id: string;
  readonly requestId: string;
  readonly costUsd: string;
  readonly [key: string]: unknown;
}
interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

let stack: Stack;
let openai: OpenAI;
beforeAll(async () => {
  stack = await startStack();
  openai = new OpenAI({ apiKey: await stack.caller.token(), baseURL: `${stack.gatewayUrl}/v1`, maxRetries: 0 });
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

const messages = [{ role: 'user' as const, content: 'say hello' }];
const nano = (usd: string): bigint => BigInt(usd.replace('.', '').padEnd(usd.indexOf('.') + 9, '0'));
const rows = async (query = ''): Promise<readonly Row[]> =>
  (await stack.admin<Page<Row>>('GET', `/organizations/acme/requests${query}`)).body.data;
const rowOf = (requestId: string): Promise<Row> =>
  until(async () => (await rows('?limit=200')).find((row) => row.requestId === requestId));

describe('from a token to a line in a chargeback file', () => {
  it('the official client completes and streams through both providers, and each call is in the log with its cost', async () => {
    for (const [model, provider] of [
      ['fast', 'openai'],
      ['smart', 'anthropic'],
    ] as const) {
      const { data, response } = await openai.chat.completions.create({ model, messages }).withResponse();
      expect(data.choices[0]?.message.content).toContain('hello');
      expect(response.headers.get('x-tollgate-route')).toBe(model);
      expect(response.headers.get('x-tollgate-provider')).toBe(provider);
      const row = await rowOf(response.headers.get('x-request-id')!);
      expect(row).toMatchObject({
        service: 'app',
        team: 'web',
        route: model,
        provider,
        model: `sim-${provider}`,
        status: 200,
        stream: false,
        estimated: false,
        inputTokens: data.usage?.prompt_tokens,
        outputTokens: data.usage?.completion_tokens,
        costUsd: response.headers.get('x-tollgate-cost-usd'),
        latencyMs: expect.any(Number),
        attempts: [{ model: `sim-${provider}`, outcome: 'ok', ms: expect.any(Number) }],
      });
      expect(nano(row.costUsd)).toBeGreaterThan(0n);

      const streamed = await openai.chat.completions.create({ model, messages, stream: true }).withResponse();
      let text = '';
      for await (const chunk of streamed.data) text += chunk.choices[0]?.delta.content ?? '';
      expect(text).toBe(data.choices[0]?.message.content);
      expect((await rowOf(streamed.response.headers.get('x-request-id')!)).costUsd).toBe(row.costUsd);
    }
  });

  it('log, usage report, statement and CSV show the same cost to the last digit', async () => {
    const log = (await rows('?limit=200')).reduce((sum, row) => sum + nano(row.costUsd), 0n);
    const usage = await stack.admin<{ data: readonly { costUsd: string }[] }>(
      'GET',
      '/organizations/acme/usage?groupBy=team,model',
    );
    expect(usage.body.data.reduce((sum, row) => sum + nano(row.costUsd), 0n)).toBe(log);

    const period = new Date().toISOString().slice(0, 7);
    const statement = await stack.admin<{ id: string; totalUsd: string }>(
      'POST',
      '/organizations/acme/chargeback/statements',
      { period, preview: true },
    );
    expect(nano(statement.body.totalUsd)).toBe(log);
    const csv = await stack.admin<string>('GET', `/organizations/acme/chargeback/statements/${statement.body.id}.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const [header = '', ...lines] = csv.body.trim().split(/\r?\n/);
    const column = header.split(',').indexOf('total_usd');
    expect(lines.reduce((sum, line) => sum + nano(line.split(',')[column] ?? '0'), 0n)).toBe(log);
  });

  it('lists the models that the caller may use', async () => {
    const names = (await openai.models.list()).data.map(({ id }) => id);
    expect(names).toEqual(expect.arrayContaining(['fast', 'smart', 'openai/gpt-4.1-mini']));
    expect((await openai.models.retrieve('fast')).id).toBe('fast');
  });
});

describe('when processes die', () => {
  it('kill -9 of the worker before ingest and of the gateway right after the answer loses no record and doubles none', async () => {
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      await stack.apps.worker.kill();
      const { response } = await openai.chat.completions.create({ model: 'fast', messages }).withResponse();
      ids.push(response.headers.get('x-request-id')!);
      await stack.killAndRestart('gateway');
      await stack.killAndRestart('worker');
      await until(async () => (await fetch(`${stack.gatewayUrl}/health/ready`)).ok);
    }
    for (const id of ids) await rowOf(id);
    const all = (await rows('?limit=200')).map(({ requestId }) => requestId);
    for (const id of ids) expect(all.filter((each) => each === id)).toHaveLength(1);
  });
});

describe('who is not let in', () => {
  const call = (token: string | null, body: unknown = { model: 'fast', messages }) =>
    fetch(`${stack.gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    });
  const expectRefusal = async (response: Response, status: number, code: string): Promise<void> => {
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { code, message: expect.any(String), type: expect.any(String) },
    });
  };

  it('a missing, broken or foreign-audience token is 401 in OpenAI’s shape', async () => {
    await expectRefusal(await call(null), 401, 'invalid_token');
    const token = await stack.caller.token();
    await expectRefusal(await call(`${token.slice(0, -6)}AAAAAA`), 401, 'invalid_token');
    await expectRefusal(await call(stack.operatorToken), 401, 'invalid_token');
  });

  it('a revoked credential, key and service end within a second', async () => {
    const service = await stack.admin<{ clientId: string; clientSecret: string }>(
      'POST',
      '/organizations/acme/services',
      { slug: 'brief', name: 'Brief', team: 'web' },
    );
    const token = await until(() =>
      tokenOf(stack.issuer, service.body.clientId, service.body.clientSecret).catch(() => null),
    );
    await until(async () => (await call(token)).status === 200);
    const key = await stack.admin<{ id: string; key: string }>('POST', '/organizations/acme/services/brief/keys', {
      name: 'laptop',
    });
    await until(async () => (await call(key.body.key)).status === 200);

    expect((await stack.admin('DELETE', `/organizations/acme/services/brief/keys/${key.body.id}`)).status).toBe(204);
    await until(async () => (await call(key.body.key)).status === 401, 1_000);
    const credentials = await stack.admin<Page<{ id: string }>>(
      'GET',
      '/organizations/acme/services/brief/credentials',
    );
    expect(
      (await stack.admin('DELETE', `/organizations/acme/services/brief/credentials/${credentials.body.data[0]?.id}`))
        .status,
    ).toBe(204);
    await until(async () => (await call(token)).status === 401, 1_000);
  });

  it('malformed JSON is 400, an unknown model 404', async () => {
    const token = await stack.caller.token();
    await expectRefusal(await call(token, '{"model":'), 400, 'invalid_request');
    await expectRefusal(await call(token, { model: 'unheard-of', messages }), 404, 'model_not_found');
  });

  it('an exhausted hard budget is 429 insufficient_quota', async () => {
    const budget = await stack.admin('POST', '/organizations/acme/budgets', {
      slug: 'tiny',
      scope: { team: 'web' },
      amount: '0.000000001',
      period: 'month',
    });
    expect(budget.status).toBe(201);
    const token = await stack.caller.token();
    const response = await until(async () => {
      const each = await call(token);
      return each.status === 429 && each;
    });
    await expectRefusal(response, 429, 'insufficient_quota');
    expect((await stack.admin('DELETE', '/organizations/acme/budgets/tiny')).status).toBe(204);
    await until(async () => (await call(token)).status === 200);
  });
});

describe('the provider’s secret', () => {
  it('is nowhere in clear: not in Postgres, Redis, logs, answers or the data directory', async () => {
    const secret = stack.providerSecret;
    expect(await textOfDatabase(stack.databaseUrl)).not.toContain(secret);
    expect(await textOfRedis(stack.redisUrl)).not.toContain(secret);
    expect(await textOfDirectory(stack.dataDir)).not.toContain(secret);
    expect(stack.output()).not.toContain(secret);
    for (const path of [
      '/organizations/acme/provider-credentials',
      '/organizations/acme/models',
      '/organizations/acme/audit-events',
    ])
      expect(JSON.stringify((await stack.admin('GET', path)).body)).not.toContain(secret);
    // The search itself works: what must be there is found.
    expect(await textOfDatabase(stack.databaseUrl)).toContain('sim-anthropic');
    expect(await textOfRedis(stack.redisUrl)).toContain('sim-anthropic');
  });
});

async function textOfDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables.rows)
    texts.push(JSON.stringify((await client.query(`SELECT t::text FROM ${name} t`)).rows));
  await client.end();
  return texts.join('\n');
}

async function textOfRedis(url: string): Promise<string> {
  const redis = new Redis(url);
  const texts: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    const read = {
      string: () => redis.get(key),
      hash: () => redis.hgetall(key),
      list: () => redis.lrange(key, 0, -1),
      set: () => redis.smembers(key),
      zset: () => redis.zrange(key, 0, '-1'),
      stream: () => redis.xrange(key, '-', '+'),
    }[type];
    texts.push(key, JSON.stringify(await read?.()));
  }
  redis.disconnect();
  return texts.join('\n');
}

async function textOfDirectory(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
  return (await Promise.all(files)).join('\n');
}
