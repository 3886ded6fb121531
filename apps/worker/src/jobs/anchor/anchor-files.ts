import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchor, AnchorKey } from '#libs/audit';

const ENDING = '.jsonl';

/** The anchors on disk: `<organization id>.jsonl`, only ever appended to, and `keys.json`, a JWK set of who signed. */
export class AnchorFiles {
  constructor(private readonly directory: string) {}

  async publishKey({ publicJwk }: AnchorKey): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await writeFile(join(this.directory, 'keys.json'), `${JSON.stringify({ keys: [publicJwk] }, null, 2)}\n`);
  }

  /** The last anchor of every organization that has one. */
  async last(): Promise<ReadonlyMap<string, Anchor>> {
    const anchors = new Map<string, Anchor>();
    for (const name of await readdir(this.directory)) {
      if (!name.endsWith(ENDING)) continue;
      const line = (await readFile(join(this.directory, name), 'utf8')).trimEnd().split('\n').at(-1);
      if (line) anchors.set(name.slice(0, -ENDING.length), JSON.parse(line) as Anchor);
    }
    return anchors;
  }

  /** Appends it, and resolves when it is on the disk. */
  async append(anchor: Anchor): Promise<void> {
    const file = await open(join(this.directory, anchor.organizationId + ENDING), 'a', 0o600);
    try {
      await file.appendFile(`${JSON.stringify(anchor)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
