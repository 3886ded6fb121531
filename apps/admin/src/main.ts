import { createLogger } from '#libs/telemetry';
import { createAdminApp } from './app.js';
import { readAdminConfig } from './connections/config.js';
import { closeConnections, openConnections } from './connections/connections.js';

/** Starts the admin app; resolves when it listens. Its parent, if any, is told `{ type: 'ready', port }`. */
async function main(): Promise<void> {
  const config = readAdminConfig(process.env);
  const logger = createLogger('admin', config.logLevel);
  const connections = await openConnections(config, logger);
  const app = await createAdminApp(connections);
  await app.listen({ port: config.adminPort, host: config.host });
  const { port } = app.getHttpServer().address() as { port: number };
  logger.info({ port }, 'admin listens');

  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= (async () => {
      await app.close();
      await closeConnections(connections);
      if (process.connected) process.disconnect();
    })();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.send) {
    process.send({ type: 'ready', port });
    // A parent that started us and died must not leave us behind.
    process.once('disconnect', () => (stopping ? undefined : process.exit(0)));
  }
}

try {
  await main();
} catch (cause) {
  process.stderr.write(`tollgate admin: ${oneLine(cause)}\n`);
  process.exit(1);
}

function oneLine(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EADDRINUSE')
    return `ADMIN_PORT ${'port' in cause ? cause.port : ''} is taken by another process`;
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}
