import { applyDecorators, Controller, Delete, Get, HttpCode, Patch, Post, type Type } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { requirePermissions } from '../access/requires.js';
import { Problems } from './problem-answer.js';

const API = 'api/v1';

/** A resource of one organization: its path, its heading in the documentation, and what every operation can answer. */
export function OrganizationResource(path: string): ClassDecorator {
  return Resource(`organizations/:organization/${path}`, path.split('/')[0] as string);
}

/** A resource below /api/v1. Its operations need `<tag>:read` and `<tag>:write`, see access/requires.ts. */
export function Resource(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(`${API}/${path}`),
    ApiTags(tag),
    (controller: object) => requirePermissions(controller as Type, tag),
    Problems(400, 401, 404, 429, 503),
  );
}

type Answer = new () => object;

/** POST that creates: 201, takes Idempotency-Key. */
export function Create(answer: Answer, path = ''): MethodDecorator {
  return applyDecorators(Post(path), ApiCreatedResponse({ type: answer }), TAKES_BODY, IDEMPOTENT);
}

/** GET of one. */
export function Read(answer: Answer, path: string): MethodDecorator {
  return applyDecorators(Get(path), ApiOkResponse({ type: answer }));
}

/** POST that answers 200. */
export function Ask(answer: Answer, path: string): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), ApiOkResponse({ type: answer }), TAKES_BODY);
}

/** POST that does something to what exists: 200, takes If-Match and Idempotency-Key. */
export function Act(answer: Answer, path: string): MethodDecorator {
  return applyDecorators(Ask(answer, path), IF_MATCH, IDEMPOTENT);
}

/** PATCH: 200, takes If-Match and Idempotency-Key. */
export function Update(answer: Answer, path: string): MethodDecorator {
  return applyDecorators(Patch(path), ApiOkResponse({ type: answer }), TAKES_BODY, IF_MATCH, IDEMPOTENT);
}

/** DELETE: 204, or 409 while something uses it. Takes If-Match and Idempotency-Key. */
export function Remove(path: string): MethodDecorator {
  return applyDecorators(Delete(path), HttpCode(204), ApiNoContentResponse(), IF_MATCH, IDEMPOTENT);
}

const TAKES_BODY = Problems(413, 415);
const IDEMPOTENT = applyDecorators(
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Carried out once however often it is sent; the first answer is given again for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }),
  Problems(409),
);
const IF_MATCH = applyDecorators(
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that you have seen; 412 when the resource has changed since.',
    schema: { type: 'string' },
  }),
  Problems(412),
);
