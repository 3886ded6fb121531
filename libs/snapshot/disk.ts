import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrganizationSnapshot, PlatformSnapshot } from './schema.js';

export type AnySnapshot = OrganizationSnapshot | PlatformSnapshot;

/**
 * The last snapshots on disk, so that a gateway starts and serves while Redis is away. Secrets in them are still sealed.
 * Several gateways may share the directory: a file is replaced whole, never written in place.
 */
export class SnapshotDisk {
  constructor(private readonly directory: string) {}

  async read(): Promise<readonly AnySnapshot[]> {
    const names = await readdir(this.directory).catch(() => []);
    const snapshots: AnySnapshot[] = [];
    for (const name of names.filter((each) => each.endsWith('.json'))) {
      const text = await readFile(join(this.directory, name), 'utf8');
      const snapshot = JSON.parse(text) as AnySnapshot;
      if (snapshot.format === 1) snapshots.push(snapshot);
    }
    return snapshots;
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const temporary = join(this.directory, `.${name}.${process.pid}`);
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, join(this.directory, `${name}.json`));
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.directory, `${name}.json`), { force: true });
  }
}
