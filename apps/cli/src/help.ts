import type { Command, Option } from './command.js';

const CALL = 'npm run tollgate --';

/** What `--help` says without a command. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, about }) => [name, about] as const);
  return [
    `Usage: ${CALL} <command> [options]`,
    '',
    ...columns(rows),
    '',
    `${CALL} <command> --help says more.`,
    EXIT_LINE,
  ].join('\n');
}

/** What `--help` says about one command. */
export function helpFor(command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => [spelled(name, option), option.about] as const,
  );
  return [
    `Usage: ${usageOf(command)}`,
    '',
    command.about,
    ...(options.length > 0 ? ['', ...columns(options)] : []),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${CALL} ${example}`),
  ].join('\n');
}

/** `npm run tollgate -- usage [options]`. */
export function usageOf({ name, operands, options }: Command): string {
  return [CALL, name, operands, Object.keys(options).length > 0 ? '[options]' : ''].filter(Boolean).join(' ');
}

/** `-f, --file DIR`. */
export function spelled(name: string, { short, value }: Option): string {
  return [short === undefined ? '' : `-${short}, `, `--${name}`, value === undefined ? '' : ` ${value}`].join('');
}

export const EXIT_LINE =
  'Exit codes: 0 done, 1 failed or something is wrong, 2 wrong command line, setting or file, 3 diff found changes.';

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
