import { applyDecorators, Get } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

/** GET of a list of `item`, described as `{ data, nextCursor }`. */
export function List(item: new () => object, path = ''): MethodDecorator {
  return applyDecorators(
    Get(path),
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['data', 'nextCursor'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { type: 'string', nullable: true, description: 'Where the next part begins; null at the end.' },
        },
      },
    }),
  );
}
