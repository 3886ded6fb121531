import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '#libs/config';
import type { FirstUser } from './first-user.js';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface DemoCredentials extends ClientCredentials {
  readonly organization: string;
  readonly team: string;
  readonly service: string;
}

export interface Addresses {
  readonly issuer: string;
  readonly gateway: string;
  readonly admin: string;
}

/** What is in credentials.json: everything a first call needs. */
export interface Credentials extends Addresses {
  readonly adminClient: ClientCredentials;
  /** Absent once the one-time password was used. */
  readonly firstUser?: FirstUser;
  /** Absent until there is a demo. */
  readonly demo?: DemoCredentials;
}

/** Where clients find us, unless we are told otherwise: on this machine. */
export function addresses(
  told: { readonly publicAdminUrl: string | null; readonly issuer: string | null },
  ports: { readonly gateway: number; readonly admin: number },
): Addresses {
  const admin = told.publicAdminUrl ?? `http://localhost:${ports.admin}`;
  return { issuer: told.issuer ?? `${admin}/oidc`, gateway: `http://localhost:${ports.gateway}`, admin };
}

export const credentialsPath = (dataDir: string): string => join(dataDir, 'credentials.json');

/** The credentials of an earlier start, or null. Throws ConfigError when the file is damaged. */
export function readCredentials(dataDir: string): Credentials | null {
  const path = credentialsPath(dataDir);
  if (!existsSync(path)) return null;
  try {
    const parsed = JSON.parse(readFileSync(path, 'utf8')) as Credentials;
    if (typeof parsed.adminClient.clientId === 'string' && typeof parsed.adminClient.clientSecret === 'string')
      return parsed;
  } catch {
    // Said below, for both ways of being damaged.
  }
  throw new ConfigError(`${path} is damaged: restore it, or remove it to have new credentials made`);
}

/** Replaces the file whole, so that a crash never leaves half of it; mode 0600. */
export function writeCredentials(dataDir: string, credentials: Credentials): void {
  const path = credentialsPath(dataDir);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
