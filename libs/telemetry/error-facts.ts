/**
 * An error as a log line has it: what and where, and no more. Errors of clients carry what they were asked to do, whole
 * commands and rows, which belong in no log.
 */
export function errorFacts(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  const cause = error.cause instanceof Error ? errorFacts(error.cause) : undefined;
  return { type: error.name, message: error.message, code, stack: error.stack, cause };
}
