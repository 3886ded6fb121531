import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from '#libs/identity';
import { page } from '../http/page.js';

const { text } = page;

/** What was typed before, to be shown again beside what is wrong with it. */
export interface Typed {
  readonly organization: string;
  readonly email: string;
}

/** Asks for organization, email and password. Forms lead to `action`, a path without a query. */
export function signInPage(action: string, typed: Typed, flaw?: string): string {
  return page.render(
    'Sign in',
    `${flawed(flaw)}<form method="post" action="${text(action)}">
${field('Organization (operators: leave it empty)', `name="organization" value="${text(typed.organization)}" maxlength="63" autocomplete="organization" autocapitalize="none"`)}
${field('Email', `name="email" type="email" value="${text(typed.email)}" required maxlength="254" autocomplete="username"`)}
${field('Password', `name="password" type="password" required maxlength="${PASSWORD_CHARS_MAX}" autocomplete="current-password"`)}
<button>Sign in</button></form>
<form class="more" method="get" action="${text(action)}/providers">
${field('Or sign in where your organization does', `name="organization" value="${text(typed.organization)}" required maxlength="63" placeholder="organization" autocapitalize="none"`)}
<button>Continue</button></form>`,
  );
}

/** The identity providers of an organization, to choose one. */
export function providersPage(
  action: string,
  organization: string,
  providers: readonly { readonly id: string; readonly name: string }[],
): string {
  const links = providers.map(
    ({ id, name }) => `<p><a href="${text(action)}/providers/${text(id)}">Continue with ${text(name)}</a></p>`,
  );
  const none = `<p>${text(organization)} has no sign-in of its own here.</p>`;
  return page.render(
    `Sign in to ${organization}`,
    `${links.join('\n') || none}
<p class="more"><a href="${text(action)}">Back</a></p>`,
  );
}

/** Asks for a new password, after a one-time one was right. */
export function newPasswordPage(action: string, email: string, flaw?: string): string {
  return page.render(
    'Choose a password',
    `${flawed(flaw)}<p>The password for ${text(email)} was for this one time. Choose one that only you know: at least ${PASSWORD_CHARS_MIN} characters, a sentence will do.</p>
<form method="post" action="${text(action)}">
<input type="hidden" name="email" value="${text(email)}" autocomplete="username">
${field('New password', `name="password" type="password" required minlength="${PASSWORD_CHARS_MIN}" maxlength="${PASSWORD_CHARS_MAX}" autocomplete="new-password"`)}
<button>Set password and sign in</button></form>`,
  );
}

/** A sign-in that is over: it took too long, or its browser is another one. */
export function expiredPage(adminUrl: string): string {
  return page.render('Start again', `<p>This sign-in is over. <a href="${text(adminUrl)}/">Start again</a>.</p>`);
}

function flawed(flaw: string | undefined): string {
  return flaw === undefined ? '' : `<p class="flaw" role="alert">${text(flaw)}</p>\n`;
}

function field(label: string, attributes: string): string {
  return `<label>${label}<input ${attributes}></label>`;
}
