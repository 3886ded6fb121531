import type { Logger } from './logger.js';

/** Nest's LoggerService over our logger, so that a process speaks with one voice. */
export function nestLogger(
  logger: Logger,
): Record<'log' | 'error' | 'warn' | 'debug' | 'verbose' | 'fatal', (message: unknown, ...rest: unknown[]) => void> {
  const write =
    (level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal') =>
    (message: unknown, ...rest: unknown[]): void => {
      const context = rest.at(-1);
      logger[level](
        { context: typeof context === 'string' ? context : undefined },
        message instanceof Error ? message.message : String(message),
      );
    };
  // Nest's own start-up chatter (routes mapped, modules loaded) is of interest to its developers only.
  return {
    log: write('debug'),
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}
