import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from './index.js';

const guide = readFileSync(new URL('../../docs/guides/guardrails.md', import.meta.url), 'utf8');

/** The table of the guide, as the code says it. */
function table(): string {
  const rows = [...checks.values()].map(({ type, about, directions, options }) => {
    const named = Object.entries(options).map(([name, meaning]) => `\`${name}\`: ${meaning}`);
    return `| \`${type}\` | ${about} | ${directions.join(', ')} | ${named.join('<br>') || '–'} |`;
  });
  return ['| type | what it does | on | options |', '|---|---|---|---|', ...rows].join('\n');
}

describe('the guide to guardrails', () => {
  it('tells every check and every option as the code has them', () => {
    expect(guide).toContain(table());
  });
});
