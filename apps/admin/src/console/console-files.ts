import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The console as `npm run build` leaves it beside the compiled apps. */
const BUILT = join(import.meta.dirname, '../../../../console');

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><title>Tollgate</title></head>
<body><main><h1>The console is not built</h1><p>Run <code>npm run build</code>, then start again.</p></main></body></html>
`;

export interface ConsoleFiles {
  /** The one page; every address of the console shows it, and what runs in it reads the address. */
  readonly page: string;
  /** Directory of its scripts and styles, whose names change with their content; null where it is not built. */
  readonly assets: string | null;
}

/** Read once at start. Where the apps run from sources there may be no built console: the page then says how to get it. */
export function readConsoleFiles(directory = BUILT): ConsoleFiles {
  const page = join(directory, 'index.html');
  if (!existsSync(page)) return { page: NOT_BUILT, assets: null };
  return { page: readFileSync(page, 'utf8'), assets: join(directory, 'assets') };
}
