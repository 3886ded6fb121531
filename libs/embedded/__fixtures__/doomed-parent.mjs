/** A process that asks a guardian for one service and then waits to be killed. Arguments: pid file, JSON of the service. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [pidFile, service] = process.argv.slice(2);
const guardian = fork(fileURLToPath(new URL('../guardian.mjs', import.meta.url)), [pidFile], {
  detached: true,
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
guardian.on('message', (message) => {
  if (message.guarding) guardian.send({ start: JSON.parse(service) });
});
