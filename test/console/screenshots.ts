import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { describeConsole } from './console-under-test.js';
import { openPage, pagesOf } from './navigation.js';

/** Ignored by git. Those in docs/images are copies of some, made smaller. */
const DIRECTORY = '.screenshots';
const CALLS = 40;

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(DIRECTORY, `${name}.png`), fullPage: false });
}

describeConsole('screenshots', (console) => {
  for (const colorScheme of ['light', 'dark'] as const)
    it(`of every page, ${colorScheme}`, async () => {
      mkdirSync(DIRECTORY, { recursive: true });
      for (let call = 0; call < CALLS; call++) {
        const model = call % 9 === 4 ? 'nowhere' : call % 3 === 0 ? 'smart' : 'fast';
        await console.call({ model, stream: call % 2 === 0, messages: [{ role: 'user', content: `Hello ${call}` }] });
      }
      const visitor = await console.visitor({ colorScheme });
      await visitor.goto(console.stack.adminUrl);
      await visitor.getByLabel('Password').waitFor();
      await shoot(visitor, `sign-in-${colorScheme}`);

      const page = await console.member('owner', 'overview', { colorScheme });
      for (const path of await pagesOf(page)) {
        await openPage(page, console.stack.adminUrl + path);
        await shoot(page, `${path.split('/').at(-1)?.split('?')[0]}-${colorScheme}`);
      }
      await openPage(page, `${console.stack.adminUrl}/o/acme/requests?route=fast`);
      await page.locator('tbody a').first().click();
      await page.getByText('Settled').waitFor();
      await shoot(page, `request-${colorScheme}`);
      await page.setViewportSize({ width: 390, height: 800 });
      await openPage(page, `${console.stack.adminUrl}/o/acme/overview`);
      await shoot(page, `overview-narrow-${colorScheme}`);
    });
});
