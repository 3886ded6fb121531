import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DialectId, JsonObject } from '#libs/dialects';

/** Recorded answers of real providers; a clone without them skips, loudly. */
export const CORPUS = process.env['TOLLGATE_CORPUS'] ?? '../shared/corpus';
export const hasCorpus = existsSync(join(CORPUS, 'providers'));

export interface Recording {
  /** Path below the corpus, for messages. */
  readonly name: string;
  readonly dialect: DialectId;
}
export interface WholeRecording extends Recording {
  readonly body: JsonObject;
}
export interface StreamedRecording extends Recording {
  /** The data of each event. */
  readonly events: readonly string[];
}

/** Folders and the dialect their recordings speak; other folders hold no chat answers. */
const FOLDERS: readonly (readonly [RegExp, DialectId])[] = [
  [/^(openai|xai|open-responses)\/responses\//, 'openai-responses'],
  [/^azure\//, 'openai-responses'],
  [/^openai\/completion\//, 'openai-completions'],
  [/^(openai|deepseek|openai-compatible)\/chat\//, 'openai-chat'],
  [/^(groq|mistral|perplexity|xai)\/[^/]+$/, 'openai-chat'],
  [/^anthropic\//, 'anthropic-messages'],
  [/^google\//, 'gemini'],
];

function files(): readonly string[] {
  if (!hasCorpus) return [];
  const root = join(CORPUS, 'providers');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const dialectOf = (name: string): DialectId | undefined => FOLDERS.find(([folder]) => folder.test(name))?.[1];
const read = (name: string): string => readFileSync(join(CORPUS, 'providers', name), 'utf8');

/** Whole answers; bodies of errors are left out. */
export function wholeRecordings(): WholeRecording[] {
  return files().flatMap((name) => {
    const dialect = dialectOf(name);
    if (!dialect || !name.endsWith('.json')) return [];
    const body = JSON.parse(read(name)) as JsonObject;
    return body['error'] || body['type'] === 'error' ? [] : [{ name, dialect, body }];
  });
}

export function streamedRecordings(): StreamedRecording[] {
  return files().flatMap((name) => {
    const dialect = dialectOf(name);
    if (!dialect || !name.endsWith('.chunks.txt')) return [];
    return streamsIn(read(name)).map((events, turn) => ({
      name: turn === 0 ? name : `${name}#${turn}`,
      dialect,
      events,
    }));
  });
}

/** Some recordings of conversations hold the streams of several turns, one after the other. */
function streamsIn(text: string): string[][] {
  const streams: string[][] = [];
  for (const line of text.split('\n').filter((event) => event !== '')) {
    const begins = streams.length === 0 || line.startsWith('{"type":"response.created"');
    if (begins) streams.push([]);
    streams.at(-1)?.push(line);
  }
  return streams;
}
