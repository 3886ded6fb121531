import { createDatabase, databaseName, dropDatabase, maintenanceUrl, runOnce } from './connection.mjs';

/**
 * `schema-engine cli <subcommand>`: whole databases. Failures are reported as the native engine does, one JSON log line
 * on stderr with Prisma's error code.
 * @param {string | undefined} subcommand
 * @param {import('./arguments.mjs').Datasource} datasource
 * @returns {Promise<number>} the exit code
 */
export async function runDatabaseCommand(subcommand, { url }) {
  try {
    if (subcommand === 'can-connect-to-database') await runOnce(url, 'SELECT 1');
    else if (subcommand === 'create-database') await runOnce(maintenanceUrl(url), createDatabase(databaseName(url)));
    else if (subcommand === 'drop-database') await runOnce(maintenanceUrl(url), dropDatabase(databaseName(url)));
    else throw new Error(`this engine does not know the command ${subcommand}`);
    return 0;
  } catch (error) {
    report(explain(error, url));
    return 1;
  }
}

/** SQLSTATE → Prisma's code (https://www.prisma.io/docs/orm/reference/error-reference). */
function explain(error, url) {
  const { host } = new URL(url);
  if (error.code === '3D000')
    return { code: 'P1003', message: `Database \`${databaseName(url)}\` does not exist on the server at \`${host}\`.` };
  if (error.code === '28P01' || error.code === '28000') return { code: 'P1000', message: error.message };
  return { code: 'P1001', message: `Can't reach database server at \`${host}\`: ${error.message}` };
}

function report({ code, message }) {
  const line = {
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    target: 'schema_engine::logger',
    fields: { message, error_code: code, is_panic: false },
  };
  process.stderr.write(`\n${JSON.stringify(line)}\n`);
}
