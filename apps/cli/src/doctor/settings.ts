import { statSync } from 'node:fs';
import { type Environment, readConfig, VARIABLES, type VariableName } from '#libs/config';
import { credentialsPath } from '../api/access.js';
import { reasonOf } from '../failure.js';
import { type Finding, failed, ok, warning } from './finding.js';

const OTHERS_MAY = 0o077;

/** Every variable that is set is well formed, and nobody else may read the credentials. */
export function checkSettings(env: Environment): Finding[] {
  const names = (Object.keys(VARIABLES) as VariableName[]).filter((name) => env[VARIABLES[name].name]);
  const wrong = names.flatMap((name) => {
    try {
      readConfig([name], env);
      return [];
    } catch (cause) {
      return [failed('settings', reasonOf(cause))];
    }
  });
  if (wrong.length > 0) return wrong;
  return [ok('settings', `${names.length} variables are set, all well formed`), ...checkFile(env)];
}

function checkFile(env: Environment): Finding[] {
  const path = credentialsPath(readConfig(['dataDir'], env).dataDir);
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file) return [];
  if ((file.mode & OTHERS_MAY) === 0) return [ok('credentials', `${path} is yours alone`)];
  return [warning('credentials', `others may read ${path}: chmod 600 it`)];
}
