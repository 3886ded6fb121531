import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SnapshotModel } from '#libs/snapshot';
import { faulty, type Harness, type SnapshotPart } from './harness.js';

/** A provider of the test's own, for what the simulator would never do. */
export interface OwnUpstream extends AsyncDisposable {
  /** What a snapshot must have for models of it. */
  part(harness: Harness, models: readonly SnapshotModel[]): Pick<SnapshotPart, 'providerCredentials' | 'models'>;
  /** A model of it that speaks this provider's dialect. */
  model(slug: string, provider?: 'openai' | 'anthropic' | 'gemini'): SnapshotModel;
}

const BASE = { openai: '/v1', anthropic: '', gemini: '' } as const;

export async function startUpstream(listener: RequestListener): Promise<OwnUpstream> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    part: (harness, models) => ({
      providerCredentials: [
        ...harness.defaults.providerCredentials,
        ...harness.defaults.providerCredentials.flatMap((credential) => {
          const base = BASE[credential.provider as keyof typeof BASE];
          return base === undefined ? [] : [{ ...credential, slug: `own-${credential.provider}`, baseUrl: url + base }];
        }),
      ],
      models: [...models, ...harness.defaults.models],
    }),
    model: (slug, provider = 'openai') => ({
      ...faulty(slug, ''),
      provider,
      credential: `own-${provider}`,
      upstreamModel: { openai: 'gpt-4.1-mini', anthropic: 'claude-sonnet-4-5', gemini: 'gemini-2.5-flash' }[provider],
    }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
