import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible } from './accessible.js';
import { describeConsole } from './console-under-test.js';

/** Paths of all pages in the navigation, as whoever may see everything is offered them. */
async function pagesOf(page: Page): Promise<string[]> {
  const links = page.locator('nav a[href]');
  const hrefs = await links.evaluateAll((elements) => elements.map((element) => element.getAttribute('href') ?? ''));
  return [...new Set(hrefs)];
}

/** Goes to a page as a person does, without loading the console anew, and waits until it has its answers. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

describeConsole('every page', (console) => {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const)
      it(`is accessible and fits at ${width} px, ${colorScheme}`, async () => {
        await console.call();
        const page = await console.member('owner', 'overview', { viewport: { width, height: 800 }, colorScheme });
        const paths = await pagesOf(page);
        expect(paths.length).toBeGreaterThan(1);
        for (const path of paths) {
          await open(page, console.stack.adminUrl + path);
          await expectAccessible(page);
        }
      });

  it('has a skip link that leads past the navigation, and one heading of the first level', async () => {
    const page = await console.member('viewer');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });
});
