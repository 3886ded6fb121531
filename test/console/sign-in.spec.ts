import { expect, it } from 'vitest';
import { expectAccessible } from './accessible.js';
import { describeConsole } from './console-under-test.js';
import { newMember, signIn, signInFirst } from './people.js';

describeConsole('signing in to the console', (console) => {
  it('leads back to the page that was asked for, and lasts over a reload', async () => {
    const page = await console.visitor();
    const { adminUrl } = console.stack;
    const person = await newMember(console.stack, 'ada@acme.test', { role: 'viewer' });
    await signInFirst(page, adminUrl, person, '/o/acme/requests?status=5xx');
    expect(page.url()).toBe(`${adminUrl}/o/acme/requests?status=5xx`);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain('eyJ');
  });

  it('is asked for when the session has ended, and leads back again', async () => {
    const page = await console.visitor();
    const { adminUrl } = console.stack;
    const person = await signInFirst(
      page,
      adminUrl,
      await newMember(console.stack, 'bob@acme.test', { role: 'viewer' }),
      '/o/acme/requests',
    );
    await page.context().clearCookies();
    await page.reload();
    await signIn(page, person);
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(page.url()).toBe(`${adminUrl}/o/acme/requests`);
  });

  it('has accessible pages', async () => {
    const page = await console.visitor({ viewport: { width: 390, height: 800 } });
    await page.goto(console.stack.adminUrl);
    await page.getByLabel('Password').waitFor();
    await expectAccessible(page);
  });
});
