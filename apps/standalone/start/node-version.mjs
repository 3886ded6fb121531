import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/project.mjs';

/**
 * Throws when this Node is older than `engines.node` of package.json (`>=MAJOR.MINOR`).
 * @param {string} version of the running Node, without a leading v
 */
export function checkNodeVersion(version) {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major, minor] = numbers(version);
  const [leastMajor, leastMinor] = numbers(engines.node);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(
    `Node ${version} is too old: Tollgate needs ${leastMajor}.${leastMinor} or newer (24 is recommended).`,
  );
}

/** @param {string} text @returns {number[]} */
const numbers = (text) => text.replace(/^\D+/, '').split('.').map(Number);
