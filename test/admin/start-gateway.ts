import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '#libs/telemetry';
import { createApp } from '../../apps/gateway/src/app.js';
import { startGateway } from '../../apps/gateway/src/gateway.js';
import type { AdminApp } from './start-admin.js';

/** A gateway that follows an admin app. */
export interface FollowingGateway extends AsyncDisposable {
  readonly url: string;
  /** The status of `GET /v1/models` with this token or key. */
  statusFor(token: string, headers?: Record<string, string>): Promise<number>;
  /** Ids that `GET /v1/models` lists. */
  modelsFor(token: string): Promise<string[]>;
}

export interface FollowingGatewayOptions {
  /** Whose x-forwarded-for it believes. */
  readonly trustedProxies?: readonly string[];
  /** Where clients believe that it is. */
  readonly publicUrl?: string;
}

export async function startFollowingGateway(
  { connections, redis }: AdminApp,
  { trustedProxies = [], publicUrl }: FollowingGatewayOptions = {},
): Promise<FollowingGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-gateway-'));
  const log = createLogger('gateway', 'silent');
  const gateway = await startGateway(
    {
      redisUrl: redis.url,
      masterKey: connections.config.masterKey,
      masterKeyNext: null,
      dataDir,
      allowPrivateUpstreams: true,
      publicGatewayUrl: publicUrl ?? null,
      bodyLimitBytes: 1024 * 1024,
      callsMax: 100,
      loopDelayMaxMs: 60_000,
      reservationHoldMs: 900_000,
      spoolBytesMax: 1_000_000,
      outageGraceNanoUsd: 0n,
      otlpEndpoint: null,
    },
    log,
  );
  const app = await createApp(gateway, log, { trustedProxies, requestTimeoutMs: 120_000 });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const ask = (token: string, headers = {}) =>
    fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  return {
    url,
    statusFor: async (token, headers) => {
      const answer = await ask(token, headers);
      await answer.arrayBuffer();
      return answer.status;
    },
    modelsFor: async (token) => {
      const { data } = (await (await ask(token)).json()) as { data: { id: string }[] };
      return data.map(({ id }) => id);
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const STEP_MS = 25;

/** Resolves when `check` holds; throws after `ms`. */
export async function eventually(check: () => Promise<boolean>, ms = 10_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`not so after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
