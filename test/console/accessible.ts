import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** As much of what axe-core answers as is told. */
interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Throws for every serious or critical violation that axe-core finds on the page as it is, and for a page that is wider than
 * its window.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Not as a script element: the page's policy forbids that, as it should.
  await page.evaluate(AXE);
  const violations = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  if (grave.length > 0) throw new Error(`${page.url()} is not accessible\n${grave.map(told).join('\n')}`);
  const { content, frame } = await page.evaluate<{ content: number; frame: number }>(
    '({ content: document.documentElement.scrollWidth, frame: document.documentElement.clientWidth })',
  );
  if (content > frame) throw new Error(`${page.url()} is ${content} px wide in a window of ${frame} px`);
}

function told({ id, impact, help, nodes }: Violation): string {
  const places = nodes.slice(0, 5).map(({ html, failureSummary }) => `    ${html}\n      ${failureSummary ?? ''}`);
  return `${impact} ${id}: ${help}\n${places.join('\n')}`;
}
