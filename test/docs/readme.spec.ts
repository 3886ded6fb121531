import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#libs/embedded';

const run = promisify(execFile);

/** The product as `npm start` runs it, in a directory of its own: there the README's commands find what they name. */
let directory: string;
let product: ChildProcess;
let blocks: { readonly language: string; readonly code: string }[];
let ports: { readonly gateway: number; readonly admin: number };

beforeAll(async () => {
  const readme = await readFile('README.md', 'utf8');
  blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
  directory = await mkdtemp(join(tmpdir(), 'tollgate-readme-'));
  const [gateway, admin, worker, simulator] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  ports = { gateway, admin };
  product = spawn(process.execPath, [resolve('dist/apps/standalone/src/main.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TOLLGATE_DATA_DIR: join(directory, '.tollgate'),
      GATEWAY_PORT: String(gateway),
      ADMIN_PORT: String(admin),
      WORKER_PORT: String(worker),
      SIMULATOR_PORT: String(simulator),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilSaid(product, 'Tollgate is ready');
}, 180_000);

afterAll(async () => {
  if (product && product.exitCode === null) {
    const ended = once(product, 'exit');
    product.kill('SIGINT');
    await ended;
  }
  if (directory) await rm(directory, { recursive: true, force: true });
}, 60_000);

async function untilSaid(child: ChildProcess, words: string): Promise<void> {
  let said = '';
  const ended = once(child, 'exit').then(() => {
    throw new Error(`npm start ended: ${said}`);
  });
  ended.catch(() => undefined);
  const heard = new Promise<void>((done) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes(words)) done();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
  });
  await Promise.race([heard, ended]);
}

/** The README's shell blocks up to and including the one that contains `words`, as one script: each builds on those before. */
const scriptUpTo = (words: string): string => {
  const shell = blocks.filter(({ language, code }) => language === 'sh' && !code.includes('npm start'));
  return shell
    .slice(0, shell.findIndex(({ code }) => code.includes(words)) + 1)
    .map(({ code }) => code)
    .join('\necho\necho ---\n');
};
const bash = async (script: string): Promise<string> =>
  (await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: directory })).stdout;
const here = (code: string): string => code.replaceAll('localhost:8080', `localhost:${ports.gateway}`);
const token = async (): Promise<string> =>
  (await bash(`${scriptUpTo('TOKEN=')}\necho\necho "token $TOKEN"`)).match(/^token (\S+)$/m)?.[1] ?? '';

describe('README', () => {
  it('the first call answers', async () => {
    expect(await bash(scriptUpTo('TOKEN='))).toContain('"object":"chat.completion"');
  });

  it('the TypeScript example prints an answer', async () => {
    const code = blocks.find(({ language }) => language === 'ts')?.code ?? '';
    await symlink(resolve('node_modules'), join(directory, 'node_modules'));
    await writeFile(join(directory, 'example.mjs'), here(code));
    const { stdout } = await run(process.execPath, ['example.mjs'], {
      cwd: directory,
      env: { ...process.env, NODE_OPTIONS: '', TOKEN: await token() },
    });
    expect(stdout).toContain('Hello!');
  });

  it('the Python example prints an answer, where Python and the openai package can be had', async (context) => {
    const has = await run('python3', ['-c', 'import openai']).then(
      () => true,
      () => false,
    );
    if (!has) {
      console.warn('SKIPPED: the README’s Python example needs python3 with the openai package');
      context.skip();
    }
    await writeFile(
      join(directory, 'example.py'),
      here(blocks.find(({ language }) => language === 'python')?.code ?? ''),
    );
    const { stdout } = await run('python3', ['example.py'], {
      cwd: directory,
      env: { ...process.env, TOKEN: await token() },
    });
    expect(stdout).toContain('Hello!');
  });

  it('a provider, a model, a route and a budget are made, and what was spent is shown', async () => {
    const said = await bash(scriptUpTo('chargeback/statements'));
    for (const slug of ['my-openai', 'mini', 'chat', 'engineering']) expect(said).toContain(`"slug":"${slug}"`);
    expect(said).not.toContain('"status":4');
    expect(said).toMatch(/"totalUsd":"0\.\d+"/);
    expect(said).not.toContain('sk-your-key');
  });
});
