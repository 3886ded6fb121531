import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { nestLogger } from '#libs/telemetry';
import type { Connections } from './connections/connections.js';
import { workerModule } from './worker.module.js';

/** The worker: its jobs begin when it listens and end, finished, when it is closed. */
export async function createWorkerApp(connections: Connections): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(workerModule(connections), new FastifyAdapter({ logger: false }), {
    logger: nestLogger(connections.logger),
    abortOnError: false,
  });
}
