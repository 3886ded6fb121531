import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Anchor, anchorKeysFrom, type StoredLink, type Verification, verifyExport } from '#libs/audit';
import { reasonOf, wrongUsage } from '../failure.js';

/** An audit event as the API shows it, with the organization that it is of. */
interface ExportedEvent {
  readonly organizationId: string;
  readonly sequence: number;
  readonly at: string;
  readonly format: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Checks an export of one audit trail, and that it goes as far as signed anchors say. Needs no server. */
export function verifyFile(
  file: string,
  signed: { readonly anchors: string; readonly keys: string } | null,
  directory: string,
): Verification {
  const events = readLines<ExportedEvent>(file, directory);
  const organizationId = events[0]?.organizationId;
  if (organizationId === undefined) throw wrongUsage(`${file} has no audit events with an organizationId`);
  return verifyExport({
    organizationId,
    links: events.map(toLink),
    anchors: signed ? readLines<Anchor>(signed.anchors, directory) : [],
    keys: signed ? anchorKeysFrom(JSON.parse(read(signed.keys, directory))) : new Map(),
  });
}

function toLink({ sequence, at, format, previousHash, hash, ...facts }: ExportedEvent): StoredLink {
  const event = { ...facts, atMs: Date.parse(at) } as unknown as StoredLink['event'];
  return { sequence: BigInt(sequence), format, previousHash, hash, event };
}

function readLines<T>(file: string, directory: string): T[] {
  const lines = read(file, directory).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as T];
    } catch {
      throw wrongUsage(`${file}: line ${index + 1} is not JSON`);
    }
  });
}

function read(file: string, directory: string): string {
  try {
    return readFileSync(resolve(directory, file), 'utf8');
  } catch (cause) {
    throw wrongUsage(`${file} cannot be read: ${reasonOf(cause)}`);
  }
}
