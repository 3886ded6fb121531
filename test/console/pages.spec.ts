import { expect, it } from 'vitest';
import { expectAccessible } from './accessible.js';
import { describeConsole } from './console-under-test.js';
import { openPage, pagesOf } from './navigation.js';

describeConsole('every page', (console) => {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const)
      it(`is accessible and fits at ${width} px, ${colorScheme}`, async () => {
        await console.call();
        const page = await console.member('owner', 'overview', { viewport: { width, height: 800 }, colorScheme });
        const paths = await pagesOf(page);
        expect(paths.length).toBeGreaterThan(1);
        for (const path of paths) {
          await openPage(page, console.stack.adminUrl + path);
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
