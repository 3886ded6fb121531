import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Calls } from './calls.js';
import { surfaces } from './surfaces.js';

/** Anthropic's API below /v1. */
@Controller('v1')
export class AnthropicController {
  constructor(private readonly calls: Calls) {}

  @Post('messages')
  messages(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.anthropicMessages, request, reply);
  }

  @Post('messages/count_tokens')
  countTokens(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.anthropicCountTokens, request, reply);
  }
}
