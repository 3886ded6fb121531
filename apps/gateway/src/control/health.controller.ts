import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Health } from './health.js';

/** For load balancers and Prometheus. */
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('health/live')
  live(@Res() reply: FastifyReply): void {
    void reply.send({ status: 'live' });
  }

  @Get('health/ready')
  ready(@Res() reply: FastifyReply): void {
    const { ready, components } = this.health.report();
    void reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', components });
  }

  @Get('metrics')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    void reply.type(this.health.registry.contentType).send(await this.health.metrics());
  }
}
