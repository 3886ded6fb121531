import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSimulator } from './server.js';
import { newSimulation, type Simulation } from './simulation.js';

/** A simulator in this process, for its own specs. */
export interface UnderTest extends AsyncDisposable {
  readonly url: string;
  readonly simulation: Simulation;
  post(
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Response>;
  stop(): Promise<void>;
}

/** One credential header for every vendor. */
export const CREDENTIALS = {
  authorization: 'Bearer sk-test',
  'x-api-key': 'sk-test',
  'anthropic-version': '2023-06-01',
  'x-goog-api-key': 'sk-test',
};

/** Starts a simulator on a free port, without pauses between tokens. */
export async function underTest(): Promise<UnderTest> {
  const simulation = newSimulation();
  simulation.settings = { record: true, tokenDelayMs: 0 };
  const server = createSimulator(simulation).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url,
    simulation,
    post: (path, body, headers = CREDENTIALS, signal) =>
      fetch(url + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal !== undefined && { signal }),
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The `data:` payloads of a stream, in order. */
export function dataOf(stream: string): readonly string[] {
  return stream.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
}
