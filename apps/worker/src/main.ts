import { createLogger } from '#libs/telemetry';
import { createWorkerApp } from './app.js';
import { readWorkerConfig } from './connections/config.js';
import { closeConnections, openConnections } from './connections/connections.js';

/** How long running jobs may take to finish after SIGTERM. What is cut off then comes again: every job may run twice. */
const DRAIN_MS = 10_000;

/** Starts the worker; resolves when its jobs run. Its parent, if any, is told `{ type: 'ready', port }`. */
async function main(): Promise<void> {
  const config = readWorkerConfig(process.env);
  const logger = createLogger('worker', config.logLevel);
  const connections = await openConnections(config, logger);
  const app = await createWorkerApp(connections);
  await app.listen({ port: config.workerPort, host: config.host });
  const { port } = app.getHttpServer().address() as { port: number };
  logger.info({ port }, 'worker runs');

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    await app.close();
    await closeConnections(connections);
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A parent that started us and died must not leave us behind.
  if (process.send) process.once('disconnect', stop);
  process.send?.({ type: 'ready', port });
}

try {
  await main();
} catch (cause) {
  process.stderr.write(`tollgate worker: ${oneLine(cause)}\n`);
  process.exit(1);
}

function oneLine(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EADDRINUSE')
    return `WORKER_PORT ${'port' in cause ? cause.port : ''} is taken by another process`;
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}
