/** An embedded service cannot run here: `message` is one line that says what is wrong and what to do about it. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

/** The last lines of a server's log or of a command's output, folded into one line for an error message. */
export function tail(text: string, lines = 3): string {
  return text.trim().split('\n').slice(-lines).join(' | ');
}
