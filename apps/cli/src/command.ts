import type { Environment } from '#libs/config';
import type { Clock } from '#libs/core';
import type { ExitCode } from './failure.js';
import type { Terminal } from './terminal/terminal.js';

/** An option of a command. Without `value` it is a switch. */
export interface Option {
  readonly short?: string;
  /** How its value is called in the help: `DIR`. */
  readonly value?: string;
  readonly about: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** The value of an option, or undefined when it was not given. */
  value(option: string): string | undefined;
  /** Whether a switch was given. */
  has(option: string): boolean;
}

/** What a command works with besides its arguments: handed in, so that specs run commands as the process does. */
export interface Context {
  readonly terminal: Terminal;
  readonly env: Environment;
  /** Paths on the command line are relative to it. */
  readonly directory: string;
  readonly clock: Clock;
}

/** A verb of the operator's CLI. The help and the guide are generated from these. */
export interface Command {
  readonly name: string;
  /** Arguments without a dash: `<preview|close|csv> <period>`. */
  readonly operands: string;
  readonly operandsMax: number;
  readonly about: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  run(args: Arguments, context: Context): Promise<ExitCode>;
}

export const JSON_OPTION: Option = { about: 'Answer as JSON, for programs' };
export const ORGANIZATION_OPTION: Option = {
  short: 'o',
  value: 'SLUG',
  about: 'Organization; may be left out where there is only one',
};
