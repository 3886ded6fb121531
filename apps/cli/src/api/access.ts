import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, readConfig } from '#libs/config';
import { wrongUsage } from '../failure.js';

export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Which Tollgate a command speaks to, and as whom. */
export interface Access {
  readonly admin: string;
  readonly issuer: string;
  readonly gateway: string;
  readonly client: Client;
  /** The demo's service, where the first start left its secret. */
  readonly demo: (Client & { readonly service: string }) | null;
}

interface CredentialsFile {
  readonly issuer: string;
  readonly gateway: string;
  readonly admin: string;
  readonly adminClient: Client;
  readonly demo?: Client & { readonly service: string };
}

/**
 * TOLLGATE_CLIENT_ID and TOLLGATE_CLIENT_SECRET at TOLLGATE_ADMIN_URL when they are set, else what the first start wrote to
 * credentials.json. Throws wrong usage without either.
 */
export function readAccess(env: Environment): Access {
  const { clientId, clientSecret, publicAdminUrl, issuer, adminPort, gatewayPort, dataDir } = readConfig(
    ['clientId', 'clientSecret', 'publicAdminUrl', 'issuer', 'adminPort', 'gatewayPort', 'dataDir'],
    env,
  );
  if (clientId !== '' || clientSecret !== '') {
    if (clientId === '' || clientSecret === '')
      throw wrongUsage('TOLLGATE_CLIENT_ID and TOLLGATE_CLIENT_SECRET go together: one of them is not set');
    const admin = publicAdminUrl ?? `http://localhost:${adminPort}`;
    const gateway = `http://localhost:${gatewayPort}`;
    return { admin, issuer: issuer ?? `${admin}/oidc`, gateway, client: { clientId, clientSecret }, demo: null };
  }
  const path = credentialsPath(dataDir);
  if (!existsSync(path))
    throw wrongUsage(
      `No credentials: ${path} is not there. Run npm start first, or set TOLLGATE_ADMIN_URL, TOLLGATE_CLIENT_ID and TOLLGATE_CLIENT_SECRET`,
    );
  const file = readFile(path);
  const admin = publicAdminUrl ?? file.admin;
  const { gateway, adminClient: client, demo = null } = file;
  return { admin, issuer: issuer ?? (publicAdminUrl ? `${admin}/oidc` : file.issuer), gateway, client, demo };
}

export const credentialsPath = (dataDir: string): string => join(dataDir, 'credentials.json');

function readFile(path: string): CredentialsFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as CredentialsFile;
    if (typeof file.admin === 'string' && typeof file.adminClient.clientSecret === 'string') return file;
  } catch {
    // Said below, for every way of being unreadable.
  }
  throw wrongUsage(`${path} cannot be read as credentials: restore it, or check who may read it`);
}
