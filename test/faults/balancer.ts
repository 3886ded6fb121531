import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

/** A load balancer as simple as they come: in turn to the backends that say that they are ready, no retries. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** Ports that calls go to right now. */
  ready(): readonly number[];
}

export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const down = new Set<number>();
  const ready = (): readonly number[] => ports.filter((port) => !down.has(port));
  let turn = 0;
  let closed = false;

  const look = async (port: number): Promise<void> => {
    if (await isReady(port)) down.delete(port);
    else down.add(port);
  };
  await Promise.all(ports.map(look));
  /** One look after the other at each, so that an old answer never replaces a newer one. */
  const watching = ports.map(async (port) => {
    while (!closed) {
      await setTimeout(LOOK_EVERY_MS);
      await look(port);
    }
  });

  const server = createServer((incoming, outgoing) => {
    const backends = ready();
    const port = backends[turn++ % Math.max(1, backends.length)];
    if (port === undefined) outgoing.writeHead(503).end('no backend is ready');
    else forward(incoming, outgoing, port, agent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await Promise.all(watching);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
  await response?.arrayBuffer();
  return response?.status === 200;
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, port: number, agent: Agent): void {
  const { method, url: path, headers } = incoming;
  const upstream = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
    const { connection, ...kept } = answer.headers;
    outgoing.writeHead(answer.statusCode as number, kept);
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  upstream.once('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end(String(error));
  });
  incoming.pipe(upstream);
}
