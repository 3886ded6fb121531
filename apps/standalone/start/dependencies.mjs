import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/project.mjs';
import { step } from './step.mjs';

/** `npm ci`, when node_modules is missing or is not what package-lock.json asks for. */
export async function installDependencies() {
  const wanted = readLock('package-lock.json');
  if (wanted === null) throw new Error('package-lock.json is missing or damaged: check out the repository again.');
  if (!lacks(wanted, readLock('node_modules/.package-lock.json'))) return;
  await step('Installing dependencies (npm ci, about a minute)', npmCi);
}

/**
 * Whether something that is wanted is not installed in that version. Optional packages may be missing on this platform.
 * By content: times of change say nothing after a checkout.
 * @param {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>} wanted
 * @param {Record<string, { version?: string }> | null} installed
 */
export function lacks(wanted, installed) {
  if (installed === null) return true;
  return Object.entries(wanted).some(([path, { version, optional, devOptional, link }]) => {
    if (path === '' || link === true) return false;
    const found = installed[path];
    return found === undefined ? !optional && !devOptional : found.version !== version;
  });
}

/** @param {string} file @returns {Record<string, object> | null} */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

function npmCi() {
  return new Promise((resolve, reject) => {
    // Under `npm start` the same npm that started us; its path is a script for this Node.
    const npm = process.env.npm_execpath;
    const [file, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
    const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) => reject(new Error(`npm could not be started: ${cause.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`npm ci failed\n${output}`));
    });
  });
}
