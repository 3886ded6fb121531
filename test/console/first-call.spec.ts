import { expect, it } from 'vitest';
import { expectAccessible } from './accessible.js';
import { describeConsole } from './console-under-test.js';

describeConsole('the platform engineer', (console) => {
  it('comes from the first sign-in to a first call, and sees it arrive', async () => {
    const page = await console.member('owner', 'first-run');
    await page.getByLabel('Name').fill('Checkout');
    await page.getByLabel('Slug').fill('checkout');
    await page.getByRole('button', { name: 'Create service' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Checkout can call now' });
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Copy: Gateway key' }).click();
    const key = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(key).toMatch(/^tg-/);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(key);

    await page.getByRole('button', { name: 'Copy: curl' }).click();
    const snippet = await page.evaluate<string>('navigator.clipboard.readText()');
    const [, url = '', body = ''] = /curl (\S+) [\s\S]*-d '(.*)'/.exec(snippet) ?? [];
    expect(url).toBe(`${console.stack.gatewayUrl}/v1/chat/completions`);
    // As the shell would, again and again until the gateway has heard of the key.
    const answers = page.getByText('It arrived.');
    for (let tries = 0; tries < 20 && !(await answers.isVisible()); tries++) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      await fetch(url, { method: 'POST', headers, body });
      await answers.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
    await page.getByRole('link', { name: 'See what happened' }).click();
    await page.getByText('as service checkout of team web').waitFor();
    await page.getByText('sim-openai answered').waitFor();
  });

  it('finds the failed call and its cause, by a link that a colleague can open', async () => {
    await console.stack.simulator.fault({ provider: 'openai', fault: { status: 500 }, times: 50 });
    await console.call();
    await console.call({ model: 'nowhere', messages: [{ role: 'user', content: 'Hello' }] });
    const page = await console.member('viewer', 'requests');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: '4xx' }).click();
    await page.waitForURL(/status=4xx/);
    const failed = page
      .getByRole('link')
      .filter({ has: page.locator('time') })
      .first();
    await failed.focus();
    await page.keyboard.press('Enter');
    await page.getByText('with 404, model_not_found').waitFor();
    await expectAccessible(page);

    const colleague = await console.member('auditor', new URL(page.url()).pathname.replace('/o/acme/', ''));
    await colleague.getByText('with 404, model_not_found').waitFor();
  });

  it('sees which candidate fell out, what answered instead, and the price lines of its cost', async () => {
    const page = await console.member('viewer', 'requests?status=2xx&route=fast');
    await page.locator('tbody a').first().click();
    await page.getByText('sim-openai fell out').first().waitFor();
    await page.getByText('sim-anthropic answered').waitFor();
    const lines = page.getByRole('region', { name: 'Tokens and cost' }).getByRole('row');
    expect(await lines.count()).toBeGreaterThan(2);
  });

  it('looks at the overview, told of a call by the server', async () => {
    const page = await console.member('viewer', 'overview');
    const newest = page.getByRole('region', { name: 'Newest calls' });
    await newest.first().waitFor();
    const before = await page.locator('tbody a[href*="/requests/"]').first().getAttribute('href');
    for (let tries = 0; tries < 20; tries++) {
      await console.call();
      await new Promise((resolve) => setTimeout(resolve, 500));
      if ((await page.locator('tbody a[href*="/requests/"]').first().getAttribute('href')) !== before) return;
    }
    throw new Error('no call was told');
  });
});
