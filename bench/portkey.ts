import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '#libs/embedded';
import { type Child, startChild } from './child.js';
import { SUBJECT_CORE, type Target } from './load.js';

const CACHE = resolve('node_modules/.cache/tollgate/portkey');

/**
 * Portkey's gateway, with the newest server adapter that its range allows and that it streams with on Node 20: from 1.14 on the
 * adapter hands a fetched response's own headers out, which Node does not let be changed, and every stream ends in a 500.
 */
const MANIFEST = JSON.stringify({
  private: true,
  type: 'module',
  dependencies: { '@portkey-ai/gateway': '1.15.2' },
  overrides: { '@hono/node-server': '1.13.8' },
});

/** Portkey's open-source gateway, fetched once into a cache: a peer to compare with, no dependency. Null when it cannot be had. */
export async function startPortkey(
  upstreamUrl: string,
): Promise<{ readonly child: Child; readonly headers: Target['headers'] } | null> {
  if (!fetched()) return null;
  const port = await freePort();
  const wrapper = join(CACHE, 'start.mjs');
  const entry = join(CACHE, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  writeFileSync(
    wrapper,
    `process.argv.push('--port=${port}', '--headless');
await import(${JSON.stringify(entry)});
const timer = setInterval(() => fetch('http://127.0.0.1:${port}/').then(() => { clearInterval(timer); process.send({ type: 'ready', port: ${port} }); }, () => {}), 100);
process.on('disconnect', () => process.exit(0));
`,
  );
  const child = await startChild(wrapper, [], { NODE_ENV: 'production' }, SUBJECT_CORE);
  return {
    child,
    headers: {
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `${upstreamUrl}/v1`,
      authorization: 'Bearer sk-upstream',
    },
  };
}

/** Whether the cache holds what the manifest says, after trying to fetch it. */
function fetched(): boolean {
  const installed = join(CACHE, 'installed.json');
  if (textOf(installed) === MANIFEST) return true;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'package.json'), MANIFEST);
  try {
    const install = ['install', '--no-audit', '--no-fund', '--no-package-lock'];
    execFileSync('npm', install, { cwd: CACHE, stdio: 'ignore' });
  } catch {
    process.stderr.write('portkey could not be fetched: left out\n');
    return false;
  }
  writeFileSync(installed, MANIFEST);
  return true;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
