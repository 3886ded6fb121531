import { migrate } from '#libs/database';
import { say, step } from '../start/step.mjs';
import { connectAdminApi } from './admin-api.js';
import { describeApps } from './app.js';
import { banner } from './banner.js';
import { addresses, type Credentials, readCredentials, writeCredentials } from './credentials.js';
import { prepareDataDirectory } from './data-directory.js';
import { ensureDemo } from './demo.js';
import { ensureFirstUser } from './first-user.js';
import { masterKey } from './master-key.js';
import { oneLine } from './one-line.js';
import { ensureOperatorClient } from './operator-client.js';
import { choosePorts } from './ports.js';
import { provideServices } from './services.js';
import { readSettings } from './settings.js';
import { simulatorWanted } from './simulator-wanted.js';
import { listenForStop, type StopRequest, StopRequested } from './stop-request.js';
import { supervise } from './supervisor.js';

/**
 * All of Tollgate under one parent. Never resolves: it throws StopRequested when it was asked to stop, or what went
 * wrong; either way the apps have stopped then, and after them the embedded servers.
 */
async function run(stop: StopRequest): Promise<never> {
  const settings = readSettings(process.env, process.argv.slice(2));
  const { dataDir } = settings;
  prepareDataDirectory(dataDir);
  const known = readCredentials(dataDir);
  const key = masterKey(settings);
  const ports = await choosePorts(settings);

  await using services = await stop.during(provideServices(settings));
  const { databaseUrl } = services;
  await stop.during(step('Migrating the database', () => migrate(databaseUrl, { onWarning: say })));
  const firstUser = await ensureFirstUser(databaseUrl, known?.firstUser);
  const credentials: Credentials = {
    ...addresses(settings, ports),
    adminClient: await ensureOperatorClient(databaseUrl, known?.adminClient ?? null),
    ...(firstUser && { firstUser }),
    ...(known?.demo && { demo: known.demo }),
  };
  writeCredentials(dataDir, credentials);

  const simulator = await simulatorWanted(databaseUrl, settings);
  const apps = describeApps({ settings, ports, services, masterKey: key, adminUrl: credentials.admin, simulator });
  await using supervisor = supervise(apps, { dataDir, patienceMs: settings.drainMs + 5000 });
  await stop.during(step('Starting the apps', () => supervisor.ready));
  const complete = simulator ? await stop.during(addDemo(credentials, ports)) : credentials;
  writeCredentials(dataDir, complete);
  say(banner(complete, { dataDir, simulator }));
  return await stop.during(supervisor.failure);
}

async function addDemo(credentials: Credentials, ports: { admin: number; simulator: number }): Promise<Credentials> {
  const api = await connectAdminApi(`http://127.0.0.1:${ports.admin}`, credentials.adminClient);
  const demo = await ensureDemo(api, `http://127.0.0.1:${ports.simulator}`, credentials.demo);
  return { ...credentials, demo };
}

try {
  await run(listenForStop());
} catch (cause) {
  if (!(cause instanceof StopRequested)) {
    process.stderr.write(`tollgate: ${oneLine(cause)}\n`);
    process.exitCode = 1;
  }
}
process.exit();
