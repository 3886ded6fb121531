import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Stack, startStack } from '../e2e/stack.js';
import { findChromium, startBrowser, type TestBrowser } from './chromium.js';
import { newMember, type Person, signInFirst } from './people.js';

const chromium = findChromium();

/** What a walk through the console has at hand. Its members are there once the tests of the suite run. */
export interface ConsoleUnderTest {
  readonly stack: Stack;
  /** A new browser, without any session. What the console logs as an error, or blocks by its policy, fails the suite. */
  visitor(options?: Parameters<TestBrowser['person']>[0]): Promise<Page>;
  /** A new member of `acme` with these roles, signed in and at `path`, below the organization. */
  member(role: string, path?: string, options?: Parameters<TestBrowser['person']>[0]): Promise<Page>;
  /** One call through the gateway as the service `app`. */
  call(body?: object): Promise<Response>;
}

/** A suite on the real product and a real browser; skipped, loudly, where there is none. */
export function describeConsole(name: string, tests: (console: ConsoleUnderTest) => void): void {
  describe.skipIf(chromium === null)(name, () => {
    const complaints: string[] = [];
    let stack: Stack;
    let browser: TestBrowser;
    let members = 0;

    beforeAll(async () => {
      [stack, browser] = await Promise.all([startStack(), startBrowser(chromium as string)]);
    });
    afterAll(async () => {
      await browser?.[Symbol.asyncDispose]();
      await stack?.[Symbol.asyncDispose]();
      expect(complaints).toEqual([]);
    });

    const visitor: ConsoleUnderTest['visitor'] = async (options) => {
      const page = await browser.person(options);
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      return page;
    };
    tests({
      get stack() {
        return stack;
      },
      visitor,
      member: async (role, path = 'overview', options) => {
        const page = await visitor(options);
        const person: Person = await newMember(stack, `${role}-${members++}@acme.test`, { role });
        await signInFirst(page, stack.adminUrl, person, `/o/acme/${path}`);
        return page;
      },
      call: async (body = { model: 'fast', messages: [{ role: 'user', content: 'Hello' }] }) =>
        fetch(`${stack.gatewayUrl}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${await stack.caller.token()}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
    });
  });
}
