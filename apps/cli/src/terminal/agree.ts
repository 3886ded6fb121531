import { wrongUsage } from '../failure.js';
import type { Terminal } from './terminal.js';

/** Whether to go on: --yes, or a person says so. Throws wrong usage where nobody can be asked. */
export async function agree(terminal: Terminal, question: string, given: { readonly yes: boolean }): Promise<boolean> {
  if (given.yes) return true;
  const answer = await terminal.confirm(question);
  if (answer === null) throw wrongUsage(`${question} Nobody can answer here: add --yes`);
  return answer;
}
