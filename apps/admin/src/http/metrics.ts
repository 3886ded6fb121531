import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from '#libs/telemetry';

/** Times every request by method, route pattern and status; unknown paths share one label, so that nobody can make many. */
export function measureRequests(server: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'tollgate_admin_request_duration_seconds',
    help: 'Duration of requests to the admin app.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
}
