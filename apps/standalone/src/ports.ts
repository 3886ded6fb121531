import { createServer } from 'node:net';
import { ConfigError, VARIABLES } from '#libs/config';
import { freePort } from '#libs/embedded';
import type { Settings } from './settings.js';

export interface Ports {
  readonly gateway: number;
  readonly admin: number;
  readonly worker: number;
  readonly simulator: number;
}

/** The ports the apps will listen on, 0 replaced by a free one. Throws ConfigError that names the variable of a taken one. */
export async function choosePorts(settings: Settings): Promise<Ports> {
  const choose = (port: number, variable: string): Promise<number> =>
    port === 0 ? freePort() : checkFree(port, settings.host, variable);
  return {
    gateway: await choose(settings.gatewayPort, VARIABLES.gatewayPort.name),
    admin: await choose(settings.adminPort, VARIABLES.adminPort.name),
    worker: await choose(settings.workerPort, VARIABLES.workerPort.name),
    simulator: await choose(settings.simulatorPort, VARIABLES.simulatorPort.name),
  };
}

function checkFree(port: number, host: string, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${cause.message})`;
      reject(new ConfigError(`${variable} ${port} ${why}: stop it, or set ${variable} to another port.`, { cause }));
    });
    server.listen(port, host, () => server.close(() => resolve(port)));
  });
}
