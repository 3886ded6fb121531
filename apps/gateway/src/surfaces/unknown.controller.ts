import { All, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TollgateError, uuidv7 } from '#libs/core';
import type { Door } from '../call/call.types.js';
import { surfaces } from './surfaces.js';

/** Every path that is no surface, in the shape of the surface nearest to it. */
@Controller()
export class UnknownController {
  @All('*')
  unknown(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const surface = nearest(request.url);
    const error = new TollgateError(
      'not_found',
      `There is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200)}.`,
    );
    void reply
      .status(error.status)
      .header('x-request-id', uuidv7())
      .type('application/json')
      .send(surface.dialect.renderError(error));
  }
}

function nearest(url: string): Door {
  if (url.startsWith('/v1/messages')) return surfaces.anthropicMessages;
  return url.startsWith('/v1beta/') ? surfaces.gemini : surfaces.openaiChat;
}
