import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConsoleFiles } from './console-files.js';
import { serveConsole } from './serve-console.js';

let directory: string;
let server: FastifyInstance;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-console-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>the console</title>');
  await writeFile(join(directory, 'assets/page-1a2b.js'), 'export {};');
  server = fastify();
  serveConsole(server, readConsoleFiles(directory));
});

afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the console', () => {
  it.each(['/', '/callback?code=1', '/o/acme/requests/1'])('is shown at %s, asked for anew each time', async (url) => {
    const { statusCode, headers, body } = await server.inject(url);
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(body).toContain('the console');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it.each(['/api/v1/nothing', '/oidc-nothing', '/nothing', '/assets/gone.js'])('is not shown at %s', async (url) => {
    expect((await server.inject(url)).statusCode).toBe(404);
  });

  it('may be kept for ever where the name changes with the content', async () => {
    const { statusCode, headers } = await server.inject('/assets/page-1a2b.js');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it('says how to get it where it is not built', () => {
    expect(readConsoleFiles(join(directory, 'nowhere')).page).toContain('npm run build');
  });
});
