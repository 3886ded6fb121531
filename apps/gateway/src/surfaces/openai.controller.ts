import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Calls } from './calls.js';
import { surfaces } from './surfaces.js';

/** OpenAI's API below /v1. */
@Controller('v1')
export class OpenAiController {
  constructor(private readonly calls: Calls) {}

  @Post('chat/completions')
  chatCompletions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiChat, request, reply);
  }
}
