import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TollgateError, toTollgateError, uuidv7 } from '#libs/core';
import { fitsAny } from '#libs/routing';
import { allowedModelsOf } from '../call/acting.js';
import { authenticate } from '../call/authenticate.js';
import type { Exchange } from '../call/exchange.js';
import { errorHeaders } from '../call/refuse.js';
import { Calls } from './calls.js';
import { surfaces } from './surfaces.js';

interface ModelEntry {
  readonly id: string;
  readonly object: 'model';
  /** Seconds since the epoch; a name has no birthday, so this is the epoch. */
  readonly created: 0;
  readonly owned_by: string;
}

/** OpenAI's model list: every name that this caller may put into `model`. */
@Controller('v1/models')
export class ModelsController {
  constructor(private readonly calls: Calls) {}

  @Get()
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, (entries) => ({ object: 'list', data: entries }));
  }

  /** `provider/model` names have a slash, so the rest of the path is the name. */
  @Get('*')
  find(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('*') name: string): Promise<void> {
    return this.answer(request, reply, (entries) => {
      const entry = entries.find(({ id }) => id === name);
      if (!entry)
        throw new TollgateError('model_not_found', `There is no route or model named '${name}' for this caller.`, {
          param: 'model',
        });
      return entry;
    });
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    pick: (entries: readonly ModelEntry[]) => unknown,
  ): Promise<void> {
    const exchange = this.calls.exchange(request, reply);
    const headers = { 'content-type': 'application/json', 'x-request-id': uuidv7() };
    try {
      exchange.respond(200, headers, JSON.stringify(pick(await this.entries(exchange))));
    } catch (cause) {
      const error = toTollgateError(cause);
      exchange.respond(
        error.status,
        { ...headers, ...errorHeaders(error) },
        JSON.stringify(surfaces.openaiChat.dialect.renderError(error)),
      );
    }
  }

  private async entries(exchange: Exchange): Promise<readonly ModelEntry[]> {
    const principal = await authenticate(exchange, this.calls.deps);
    const organization = this.calls.deps.live().organizations.get(principal.organizationId);
    if (!organization) return [];
    const { routes, direct } = organization.routing;
    const names = [
      ...[...routes.keys()].map((id) => ({ id, owned_by: organization.slug })),
      ...[...direct].map(([id, model]) => ({ id, owned_by: model.provider })),
    ];
    const allowed = allowedModelsOf(principal);
    return names
      .filter(({ id }) => fitsAny(allowed, id))
      .map(({ id, owned_by }) => ({ id, object: 'model', created: 0, owned_by }));
  }
}
