import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian and others put it. */
const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the browser; null, said loudly, where none can be had. Named by TOLLGATE_CHROMIUM, found, or installed by apt as root. */
export function findChromium(): string | null {
  const named = process.env['TOLLGATE_CHROMIUM'];
  const found = [...(named === undefined ? [] : [named]), ...PATHS].find(isExecutable);
  if (found !== undefined) return found;
  if (process.getuid?.() === 0)
    spawnSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'ignore', timeout: 300_000 });
  const installed = PATHS.find(isExecutable);
  if (installed !== undefined) return installed;
  process.stderr.write(
    '\n*** No Chromium here: the tests of the console in a browser are SKIPPED. apt-get install chromium\n\n',
  );
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser on a user directory of its own, which goes with it. */
export async function startBrowser(executablePath: string) {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    /** A person at their own computer: nothing is shared with another. What goes wrong in the page fails the test. */
    async person(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      return context.newPage();
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

export type TestBrowser = Awaited<ReturnType<typeof startBrowser>>;
