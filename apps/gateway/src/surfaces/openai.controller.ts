import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Calls } from './calls.js';
import { surfaces } from './surfaces.js';

/** OpenAI's API below /v1, and ranking, which has no home of its own. */
@Controller('v1')
export class OpenAiController {
  constructor(private readonly calls: Calls) {}

  @Post('chat/completions')
  chatCompletions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiChat, request, reply);
  }

  @Post('completions')
  completions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiCompletions, request, reply);
  }

  @Post('responses')
  responses(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiResponses, request, reply);
  }

  @Post('embeddings')
  embeddings(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiEmbeddings, request, reply);
  }

  @Post('moderations')
  moderations(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiModerations, request, reply);
  }

  @Post('images/generations')
  images(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiImages, request, reply);
  }

  @Post('audio/speech')
  speech(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiSpeech, request, reply);
  }

  @Post('audio/transcriptions')
  transcriptions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.openaiTranscriptions, request, reply);
  }

  @Post('rerank')
  rerank(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(surfaces.rerank, request, reply);
  }
}
