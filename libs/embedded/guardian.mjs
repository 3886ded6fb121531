/**
 * Starts the embedded servers and stops them when whoever asked for them is gone: by Ctrl-C, by a crash, by kill -9. It
 * runs in a session of its own, so that Ctrl-C in the terminal does not reach the servers before the apps have drained;
 * the end of the IPC channel is the one signal that no death of the parent can suppress.
 *
 * Plain JavaScript without imports but Node's: the same file runs from source and from the build.
 *
 * Arguments: the pid file, which it alone may create, then paths to remove at the end. Parent → guardian:
 * `{ start: Service }`, `{ stop: true }`. Guardian → parent: `{ guarding: true }` once, `{ exited: name, reason }`.
 *
 * @typedef {{
 *   name: string, file: string, args: string[], cwd: string, env: Record<string, string>, uid?: number, gid?: number,
 *   logFile: string, stopSignal: NodeJS.Signals, patienceMs: number
 * }} Service
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';

const RESTART_DELAY_MS = 500;

/** @type {Map<string, { service: Service, child: import('node:child_process').ChildProcess }>} */
const running = new Map();
let stopping = false;

const [pidFile, ...temporary] = process.argv.slice(2);
writeFileSync(pidFile, `${process.pid}\n${process.ppid}\n`, { mode: 0o600, flag: 'wx' });

process.on('message', (/** @type {{ start?: Service, stop?: boolean }} */ message) => {
  if (message.start) start(message.start);
  if (message.stop) void stopAll();
});
process.on('disconnect', () => void stopAll());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stopAll());
tell({ guarding: true });

/** @param {Service} service */
function start(service) {
  if (stopping) return;
  const log = openSync(service.logFile, 'a', 0o600);
  const { uid, gid, cwd, env } = service;
  const child = spawn(service.file, service.args, { cwd, env, uid, gid, stdio: ['ignore', log, log] });
  closeSync(log);
  running.set(service.name, { service, child });
  child.on('error', (cause) => exited(service, cause.message));
  child.on('exit', (code, signal) => exited(service, signal ?? `exit code ${code}`));
}

/** A server that dies while it is wanted comes back on the same port. @param {Service} service @param {string} reason */
function exited(service, reason) {
  running.delete(service.name);
  tell({ exited: service.name, reason });
  if (!stopping) setTimeout(() => start(service), RESTART_DELAY_MS);
}

async function stopAll() {
  if (stopping) return;
  stopping = true;
  await Promise.all([...running.values()].map(stop));
  // Others who are dying too may still write into a temporary directory.
  for (const path of [pidFile, ...temporary]) rmSync(path, { recursive: true, force: true, maxRetries: 20 });
  process.exit(0);
}

/** @param {{ service: Service, child: import('node:child_process').ChildProcess }} entry */
function stop({ service, child }) {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), service.patienceMs);
    child.on('exit', () => {
      clearTimeout(impatience);
      resolve(undefined);
    });
    child.kill(service.stopSignal);
  });
}

/** @param {object} message */
function tell(message) {
  // The channel may close between the check and the write; nobody is left to care.
  if (process.connected) process.send?.(message, () => {});
}
