import { systemClock } from '#libs/core';
import { run } from './run.js';
import { processTerminal } from './terminal/process-terminal.js';

/*
 * `npm run tollgate -- <command>`: what operators do from a terminal. Everything goes through the admin API, with the
 * operator's credentials.
 */
process.exitCode = await run(process.argv.slice(2), {
  terminal: processTerminal(process),
  env: process.env,
  // npm runs scripts in the directory of package.json; paths are meant from where the person stands.
  directory: process.env['INIT_CWD'] ?? process.cwd(),
  clock: systemClock,
});
