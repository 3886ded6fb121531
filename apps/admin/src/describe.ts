import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { adminModule } from './admin.module.js';
import { describeApi } from './http/openapi.js';

/**
 * The admin API's OpenAPI document, without Postgres, Redis or a port: in Nest's preview mode modules are read, and nothing
 * in them is made.
 */
export async function describeAdminApi(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(adminModule(null), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return describeApi(app);
}
