import { type CapabilityId, capabilities } from './capabilities.js';
import type { Client } from './client.js';
import type { Exception } from './exceptions.js';
import { PROVIDERS, type ProviderId } from './trial.js';

/** One trial and what came out. */
export interface Cell {
  readonly client: string;
  readonly provider: ProviderId;
  readonly capability: CapabilityId;
  readonly exception: Exception | undefined;
  worked: boolean;
}

const ids = Object.keys(capabilities) as CapabilityId[];
const row = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`;

/** The guide for people who wonder whether their client will do, as Markdown. */
export function renderTable(clients: readonly Client[], cells: readonly Cell[]): string {
  const notes: string[] = [];
  const noteOf = (reason: string): number => {
    if (!notes.includes(reason)) notes.push(reason);
    return notes.indexOf(reason) + 1;
  };
  const verdict = (of: readonly Cell[]): string => {
    if (of.every(({ worked }) => worked)) return 'yes';
    const unexplained = of.filter(({ worked, exception }) => !worked && !exception);
    if (unexplained.length > 0)
      return `**fails**: ${[...new Set(unexplained.map(({ provider }) => provider))].join(', ')}`;
    const reasons = [...new Set(of.flatMap(({ exception }) => exception?.reason ?? []))];
    const some = of.some(({ worked }) => worked);
    return `${some ? 'yes, but' : 'no'} ${reasons.map((reason) => `[${noteOf(reason)}]`).join(' ')}`;
  };
  const rows = clients.map(({ name, surface }) => {
    const verdicts = ids.map((id) => verdict(cells.filter((cell) => cell.client === name && cell.capability === id)));
    return row([name, `\`${surface}\``, ...verdicts]);
  });
  return `${[
    '# Which clients work',
    '',
    'Keep the client you have and change its base URL. Each client below was driven through the gateway against each of',
    `${Object.keys(PROVIDERS).length} providers (${Object.keys(PROVIDERS).join(', ')}), streamed and not. This page is written by that run: \`npm run docs:clients\`.`,
    '',
    row(['client', 'speaks to', ...ids.map((id) => capabilities[id].title)]),
    row(['---', '---', ...ids.map(() => '---')]),
    ...rows,
    '',
    ...ids.map((id) => `- **${capabilities[id].title}**: ${capabilities[id].meaning}.`),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note, index) => `[${index + 1}] ${note}  `)]),
  ].join('\n')}\n`;
}
