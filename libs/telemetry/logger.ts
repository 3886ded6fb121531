import { type Logger, pino } from 'pino';
import { errorFacts } from './error-facts.js';

export type { Logger };

/** Paths that are masked wherever they appear in a log object: secrets never reach a log, whoever logs what. */
const SECRET_PATHS = [
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'cookie',
  'secret',
  'clientSecret',
  'password',
  'token',
  'key',
].flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.headers["${name}"]`, `headers["${name}"]`]);

/** JSON lines on standard output, one logger per process. `name` is the app's. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: errorFacts, error: errorFacts },
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
  });
}
