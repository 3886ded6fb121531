/**
 * @typedef {{ url: string, shadowDatabaseUrl?: string }} Datasource
 * @typedef {{ version: boolean, command?: string, subcommand?: string, datamodels: string[], datasource: Datasource }} Invocation
 */

const NO_DATABASE = { url: 'postgresql://127.0.0.1/none' };

/**
 * Reads what Prisma's CLI passes to its engine: `[--datamodels FILE]… [--datasource JSON] [cli SUBCOMMAND]`. Options we
 * do not know take one value and are skipped.
 * @param {readonly string[]} argv
 * @returns {Invocation}
 */
export function parseArguments(argv) {
  if (argv.includes('--version') || argv.includes('-V'))
    return { version: true, datamodels: [], datasource: NO_DATABASE };

  const datamodels = [];
  const positional = [];
  let datasource = NO_DATABASE;
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--datamodels' || argument === '-d') datamodels.push(rest.shift() ?? '');
    else if (argument === '--datasource') datasource = JSON.parse(rest.shift() ?? '{}');
    else if (argument.startsWith('--')) rest.shift();
    else positional.push(argument);
  }
  const [command, subcommand] = positional;
  return { version: false, command, subcommand, datamodels, datasource };
}
