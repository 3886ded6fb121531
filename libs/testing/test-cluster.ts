import { Redis } from 'ioredis';
import { type TestRedis, testRedis } from './test-redis.js';

const SLOTS = 16_384;
const NODES = 3;

/** A private Redis Cluster of three masters, empty, on loopback. `url` is as `REDIS_URL` takes it. */
export async function testCluster(): Promise<Pick<TestRedis, 'url' | 'stop'> & AsyncDisposable> {
  const serverArguments = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
  const servers = await Promise.all(Array.from({ length: NODES }, () => testRedis({ serverArguments })));
  const nodes = servers.map(({ url }) => new Redis(url));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    await Promise.all(nodes.map((node, index) => node.cluster('ADDSLOTSRANGE', share(index), share(index + 1) - 1)));
    for (const { url } of servers.slice(1)) await nodes[0]?.cluster('MEET', '127.0.0.1', Number(new URL(url).port));
    await Promise.all(nodes.map(whole));
  } finally {
    for (const node of nodes) node.disconnect();
  }
  const url = `redis-cluster://${servers.map((server) => new URL(server.url).host).join(',')}`;
  return { url, stop, [Symbol.asyncDispose]: stop };
}

const share = (index: number): number => Math.floor((SLOTS * index) / NODES);

/** Resolves when this node knows who has every slot. */
async function whole(node: Redis): Promise<void> {
  for (;;) {
    const info = String(await node.cluster('INFO'));
    if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${NODES}`)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
