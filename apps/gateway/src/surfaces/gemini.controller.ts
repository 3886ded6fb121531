import { Controller, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TollgateError } from '#libs/core';
import { Calls } from './calls.js';
import { JsonArrayExchange } from './json-array-exchange.js';
import { type Surface, surfaces } from './surfaces.js';

/** Model names go into upstream URLs in this dialect: no dots in a row, nothing that a URL would read. */
const MODEL = /^[A-Za-z0-9](?:[A-Za-z0-9_/-]|\.(?!\.)){0,127}$/;

/** Methods of a model, and the surface that each is. */
const SURFACES: ReadonlyMap<string, Surface> = new Map<string, Surface>([
  ['generateContent', surfaces.gemini],
  ['streamGenerateContent', surfaces.gemini],
  ['embedContent', surfaces.geminiEmbeddings],
  ['batchEmbedContents', surfaces.geminiEmbeddings],
  ['countTokens', surfaces.geminiCountTokens],
]);

/** Gemini's API below /v1beta: the model and what to do with it are the last part of the path, `{model}:{verb}`. */
@Controller('v1beta/models')
export class GeminiController {
  constructor(private readonly calls: Calls) {}

  @Post('*')
  ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('*') rest: string,
    @Query('alt') alt?: string,
  ): Promise<void> {
    const [, model = '', verb = ''] = /^(.*):([A-Za-z]+)$/.exec(rest) ?? [];
    const surface = SURFACES.get(verb);
    if (surface === undefined) {
      return this.calls.refuse(
        surfaces.gemini,
        request,
        reply,
        new TollgateError('not_found', `There is no method '${verb.slice(0, 64)}' of models.`),
      );
    }
    if (!MODEL.test(model)) {
      return this.calls.refuse(
        surface,
        request,
        reply,
        new TollgateError('invalid_request', 'The model name is not valid.', { param: 'model' }),
      );
    }
    const stream = verb === 'streamGenerateContent';
    const exchange = this.calls.exchange(request, reply, { model, stream });
    // Without alt=sse a stream is one JSON array, sent element by element.
    return this.calls.run(surface, stream && alt !== 'sse' ? new JsonArrayExchange(exchange) : exchange);
  }
}
