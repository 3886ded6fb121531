/** What went wrong, in one line without a stack: what stops a start is shown to a person, not debugged. */
export function oneLine(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return oneLine(cause.errors[0]);
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  return text.trim().split('\n')[0] ?? '';
}
