import type { AddressInfo } from 'node:net';
import { ConfigError, readConfig } from '#libs/config';
import { createSimulator } from './server.js';

/** Starts the simulator; says on stdout, as one line of JSON, which port it got, and over IPC to a parent. */
function main(): void {
  const config = readConfig(['simulatorPort', 'host'], process.env);
  const server = createSimulator();
  server.listen(config.simulatorPort, config.host, () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ listening: port })}\n`);
    process.send?.({ type: 'ready', port });
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
    if (process.connected) process.disconnect?.();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A parent that started us over IPC and died must not leave us behind.
  if (process.send !== undefined) process.once('disconnect', () => process.exit(0));
}

try {
  main();
} catch (cause) {
  if (!(cause instanceof ConfigError)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 1;
}
