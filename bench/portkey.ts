import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '#libs/embedded';
import { type Child, startChild } from './child.js';
import { SUBJECT_CORE, type Target } from './load.js';

const VERSION = '1.15.2';
const CACHE = resolve('node_modules/.cache/tollgate/portkey');

/** Portkey's open-source gateway, fetched once into a cache: a peer to compare with, no dependency. Null when it cannot be had. */
export async function startPortkey(
  upstreamUrl: string,
): Promise<{ readonly child: Child; readonly target: Target } | null> {
  const entry = join(CACHE, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(entry)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(join(CACHE, 'package.json'), '{"private":true,"type":"module"}');
    try {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', `@portkey-ai/gateway@${VERSION}`], {
        cwd: CACHE,
        stdio: 'ignore',
      });
    } catch {
      process.stderr.write('portkey could not be fetched: left out\n');
      return null;
    }
  }
  const port = await freePort();
  const wrapper = join(CACHE, 'start.mjs');
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
    target: {
      url: `http://127.0.0.1:${port}/v1/chat/completions`,
      headers: {
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `${upstreamUrl}/v1`,
        authorization: 'Bearer sk-upstream',
      },
    },
  };
}
