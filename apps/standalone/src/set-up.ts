import { readConfig } from '#libs/config';
import { migrate } from '#libs/database';
import { say } from '../start/step.mjs';
import { addresses, readCredentials, writeCredentials } from './credentials.js';
import { prepareDataDirectory } from './data-directory.js';
import { ensureFirstUser } from './first-user.js';
import { oneLine } from './one-line.js';
import { ensureOperatorClient } from './operator-client.js';

/**
 * What has to be done once before the apps run as services of their own (docker-compose.yml): migrations, the operator's
 * client, the first user, and credentials.json in the data directory. Doing it again changes nothing.
 */
async function setUp(): Promise<void> {
  const config = readConfig(
    ['databaseUrl', 'dataDir', 'gatewayPort', 'adminPort', 'publicAdminUrl', 'issuer'],
    process.env,
  );
  prepareDataDirectory(config.dataDir);
  const known = readCredentials(config.dataDir);
  await migrate(config.databaseUrl, { onProgress: say, onWarning: say });
  const adminClient = await ensureOperatorClient(config.databaseUrl, known?.adminClient ?? null);
  const firstUser = await ensureFirstUser(config.databaseUrl, known?.firstUser);
  const ports = { gateway: config.gatewayPort, admin: config.adminPort };
  const { demo } = known ?? {};
  writeCredentials(config.dataDir, {
    ...addresses(config, ports),
    adminClient,
    ...(firstUser && { firstUser }),
    ...(demo && { demo }),
  });
}

try {
  await setUp();
} catch (cause) {
  process.stderr.write(`tollgate set-up: ${oneLine(cause)}\n`);
  process.exitCode = 1;
}
