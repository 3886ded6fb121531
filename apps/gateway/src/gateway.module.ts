import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './control/health.controller.js';
import { Health } from './control/health.js';
import type { Gateway } from './gateway.js';
import { AnthropicController } from './surfaces/anthropic.controller.js';
import { Calls } from './surfaces/calls.js';
import { GeminiController } from './surfaces/gemini.controller.js';
import { ModelsController } from './surfaces/models.controller.js';
import { OpenAiController } from './surfaces/openai.controller.js';
import { UnknownController } from './surfaces/unknown.controller.js';

@Module({})
class GatewayModule {}

/**
 * Controllers over parts that were built by hand: the call path is made of plain functions, and Nest gives it its doors.
 * No interceptors, pipes, filters or request scope here: measured, each costs more than the whole call path may.
 */
export function gatewayModule({ calls, health }: Gateway): DynamicModule {
  return {
    module: GatewayModule,
    // The last one takes every path that is left.
    controllers: [
      HealthController,
      ModelsController,
      OpenAiController,
      AnthropicController,
      GeminiController,
      UnknownController,
    ],
    providers: [
      { provide: Calls, useValue: calls },
      { provide: Health, useValue: health },
    ],
  };
}
