import type { Page } from 'playwright-core';
import type { Stack } from '../e2e/stack.js';

export interface Person {
  readonly organization: string;
  readonly email: string;
  readonly password: string;
}

const PASSWORD = 'a sentence that only I know';

/** Creates a member of `acme` with these roles; their password is still the one-time one. */
export async function newMember(
  stack: Pick<Stack, 'admin'>,
  email: string,
  ...roles: readonly { readonly role: string; readonly team?: string }[]
): Promise<Person> {
  const made = await stack.admin<{ id: string; oneTimePassword: string }>('POST', '/organizations/acme/members', {
    email,
    name: email.split('@')[0],
  });
  if (made.status !== 201) throw new Error(`no member: ${JSON.stringify(made.body)}`);
  const { id: member, oneTimePassword } = made.body;
  for (const role of roles) {
    const bound = await stack.admin('POST', '/organizations/acme/role-bindings', { member, ...role });
    if (bound.status !== 201) throw new Error(`no role: ${JSON.stringify(bound.body)}`);
  }
  return { organization: 'acme', email, password: oneTimePassword };
}

/** Goes through the sign-in pages, which `page` must be at. Resolves when the console is there. */
export async function signIn(page: Page, { organization, email, password }: Person): Promise<void> {
  const form = page.locator('form').first();
  await form.getByLabel(/^Organization/).fill(organization);
  await form.getByLabel('Email').fill(email);
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in for the first time, with the one-time password, and sets another. Answers the person with that. */
export async function signInFirst(page: Page, adminUrl: string, person: Person, path = '/'): Promise<Person> {
  await page.goto(adminUrl + path);
  await signIn(page, person);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { ...person, password: PASSWORD };
}
