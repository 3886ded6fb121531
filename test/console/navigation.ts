import type { Page } from 'playwright-core';

/** Paths of all pages that the person is offered, from the navigation. */
export async function pagesOf(page: Page): Promise<string[]> {
  const links = page.locator('nav a[href]');
  const hrefs = await links.evaluateAll((elements) => elements.map((element) => element.getAttribute('href') ?? ''));
  return [...new Set(hrefs)];
}

/** Goes to a page and waits until it has its answers: the stream of live calls never ends, so not for a silent network. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('main [role="status"] > .visually-hidden').first().waitFor({ state: 'detached' });
}
