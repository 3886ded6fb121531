import { existsSync, readFileSync } from 'node:fs';

/** An embedded service cannot run here: `message` is one line that says what is wrong and what to do about it. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

/** The last lines of a server's log or of a command's output, folded into one line for an error message. */
export function tail(text: string, lines = 3): string {
  return text.trim().split('\n').slice(-lines).join(' | ');
}

/** Why a server is not ready: our own reason where we know it, else the end of the server's log. */
export function didNotStart(name: string, logFile: string, cause: unknown): EmbeddedError {
  const log = existsSync(logFile) ? tail(readFileSync(logFile, 'utf8')) : '';
  const reason = cause instanceof EmbeddedError || log === '' ? String((cause as Error).message) : log;
  return new EmbeddedError(`Embedded ${name} did not start: ${reason}`, { cause });
}
