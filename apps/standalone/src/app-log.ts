import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { say } from '../start/step.mjs';

const ROTATE_BYTES = 20 * 1024 * 1024;
const SHOWN = new Set(['warn', 'error', 'fatal']);

/** The log of one app: everything goes to `<data dir>/logs/<app>.log`, warnings and errors also to the screen. */
export interface AppLog {
  /** Takes a stream of lines; the last one that was not JSON is kept as the app's own words. */
  follow(stream: Readable): void;
  /** The last line the app wrote that was not a log record, '' if none: what it says when it cannot start. */
  lastWords(): string;
}

/** Appends to the app's file; one that has grown beyond 20 MB is put aside as `.1` at the start. */
export function openAppLog(dataDir: string, app: string): AppLog {
  const path = join(dataDir, 'logs', `${app}.log`);
  if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  file.on('error', (cause) => say(`${app}: its log cannot be written: ${cause.message}`));
  let last = '';
  return {
    follow: (stream) => {
      createInterface({ input: stream }).on('line', (line) => {
        file.write(`${line}\n`);
        const record = parseRecord(line);
        if (record === null) last = line.trim() === '' || line.startsWith('    at ') ? last : line;
        else if (SHOWN.has(record.level)) say(`${app} ${record.level}: ${record.msg}${reason(record)}`);
      });
    },
    lastWords: () => last,
  };
}

interface LogRecord {
  readonly level: string;
  readonly msg: string;
  readonly err?: { readonly message?: unknown };
}

function parseRecord(line: string): LogRecord | null {
  if (!line.startsWith('{')) return null;
  try {
    const { level, msg, err } = JSON.parse(line) as Partial<LogRecord>;
    return { level: String(level), msg: String(msg ?? ''), ...(err === undefined ? {} : { err }) };
  } catch {
    return null;
  }
}

const reason = ({ err }: LogRecord): string => (typeof err?.message === 'string' ? ` (${err.message})` : '');
