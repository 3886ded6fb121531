/** What the process ends with; the help and the guide say the same. */
export const EXIT_CODES = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  different: 3,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** What stops a command: `message` is for the person at the terminal, without a stack. */
export class CliFailure extends Error {
  override readonly name: string = 'CliFailure';
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT_CODES.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The command line or a file on it is wrong. */
export function wrongUsage(message: string): CliFailure {
  return new CliFailure(message, EXIT_CODES.wrongUsage);
}

/** What went wrong as one line. A refused connection is an AggregateError, or hides behind `fetch failed`. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (cause instanceof TypeError && cause.cause !== undefined) return reasonOf(cause.cause);
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  return text.trim().split('\n')[0] ?? '';
}
