import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '#libs/config';
import { systemClock } from '#libs/core';
import { hashSecret, newSecret } from '#libs/identity';
import { type AdminApp } from '../../../test/admin/start-admin.js';
import { run } from '../src/run.js';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** A directory with files, and the CLI as it runs in it. */
export interface CommandLine extends Disposable {
  readonly directory: string;
  write(name: string, text: string): void;
  run(...written: string[]): Promise<Ran>;
}

/** The CLI with this environment. `answer`: what a person does and says when asked; null: there is nobody. */
export function commandLine(
  env: Environment = {},
  answer: () => Promise<boolean | null> = async () => null,
): CommandLine {
  const directory = mkdtempSync(join(tmpdir(), 'tollgate-cli-'));
  return {
    directory,
    write: (name, text) => writeFileSync(join(directory, name), text),
    run: async (...written) => {
      const said = { out: [] as string[], err: [] as string[] };
      const terminal = {
        print: (text: string) => void said.out.push(text),
        warn: (text: string) => void said.err.push(text),
        confirm: answer,
      };
      const exitCode = await run(written, {
        terminal,
        env: { TOLLGATE_DATA_DIR: directory, ...env },
        directory,
        clock: systemClock,
      });
      return { exitCode, out: said.out.join('\n'), err: said.err.join('\n') };
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The environment in which the CLI is an operator of this admin app. */
export async function operatorOf(admin: AdminApp): Promise<Environment> {
  const clientSecret = newSecret();
  const data = { clientId: 'cli', name: 'cli', secretHash: hashSecret(clientSecret) };
  await admin.connections.database.prisma.operatorClient.create({ data });
  return { TOLLGATE_ADMIN_URL: admin.url, TOLLGATE_CLIENT_ID: 'cli', TOLLGATE_CLIENT_SECRET: clientSecret };
}
