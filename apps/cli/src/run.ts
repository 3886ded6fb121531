import { ConfigError } from '#libs/config';
import { readArguments } from './arguments.js';
import type { Context } from './command.js';
import { COMMANDS } from './commands.js';
import { CliFailure, EXIT_CODES, type ExitCode, reasonOf } from './failure.js';
import { helpFor, overview } from './help.js';

/** Runs one command line. Never rejects: what stops a command is said in one line, and is the exit code. */
export async function run(written: readonly string[], context: Context): Promise<ExitCode> {
  const { terminal } = context;
  const [verb, ...rest] = written;
  if (verb === undefined || verb === 'help' || verb === '--help' || verb === '-h') {
    const named = COMMANDS.find(({ name }) => name === rest[0]);
    terminal.print(named ? helpFor(named) : overview(COMMANDS));
    return verb === undefined ? EXIT_CODES.wrongUsage : EXIT_CODES.done;
  }
  const command = COMMANDS.find(({ name }) => name === verb);
  if (!command) {
    terminal.warn(`There is no command "${verb}". Commands: ${COMMANDS.map(({ name }) => name).join(', ')}`);
    return EXIT_CODES.wrongUsage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(helpFor(command));
    return EXIT_CODES.done;
  }
  try {
    return await command.run(readArguments(command, rest), context);
  } catch (cause) {
    terminal.warn(cause instanceof CliFailure ? cause.message : reasonOf(cause));
    if (cause instanceof CliFailure) return cause.exitCode;
    return cause instanceof ConfigError ? EXIT_CODES.wrongUsage : EXIT_CODES.failed;
  }
}
