import { parseArgs } from 'node:util';
import type { Arguments, Command } from './command.js';
import { reasonOf, wrongUsage } from './failure.js';

/** What was written after the verb. Throws wrong usage for an option the command does not have, or too many operands. */
export function readArguments(command: Command, written: readonly string[]): Arguments {
  const { values, positionals } = parsed(command, written);
  if (positionals.length > command.operandsMax)
    throw wrongUsage(`${command.name} does not know what to do with "${positionals[command.operandsMax]}"`);
  return {
    positionals,
    value: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    has: (option) => values[option] === true,
  };
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function parsed(command: Command, written: readonly string[]): Parsed {
  const options = Object.entries(command.options).map(([name, { short, value }]) => [
    name,
    { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
  ]);
  try {
    return parseArgs({ args: [...written], options: Object.fromEntries(options), allowPositionals: true });
  } catch (cause) {
    throw wrongUsage(`${command.name}: ${reasonOf(cause)}`);
  }
}
