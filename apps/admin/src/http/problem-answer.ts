import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, type OpenAPIObject } from '@nestjs/swagger';

class FieldAnswer {
  @ApiProperty({ description: 'Path of the field, dotted', example: 'targets.0.model' })
  field!: string;

  @ApiProperty()
  message!: string;
}

/** A problem document as OpenAPI describes it; see {@link toProblem}. */
export class ProblemAnswer {
  @ApiProperty({ example: 'urn:tollgate:error:not_found' })
  type!: string;

  @ApiProperty({ example: 'Not found' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 404 })
  status!: number;

  @ApiProperty({ description: 'For people' })
  detail!: string;

  @ApiProperty({ description: 'Path of the request', example: '/api/v1/organizations/acme' })
  instance!: string;

  @ApiProperty({ description: 'For programs: stable', example: 'not_found' })
  code!: string;

  @ApiPropertyOptional({ type: [FieldAnswer] })
  errors?: FieldAnswer[];
}

/** The refusals that operations answer with, by status: the name in the OpenAPI document and when it happens. */
const PROBLEMS = {
  400: ['Malformed', 'Malformed, or a field is wrong: `errors` names it'],
  401: ['NotSignedIn', 'No valid access token'],
  403: ['NotAllowed', 'Your roles do not allow this'],
  404: ['NotFound', 'No such resource for this caller; where a field of the body names it, `errors` says which'],
  409: ['Conflict', 'Taken, in use, or being done already'],
  412: ['Stale', 'Changed since the ETag in If-Match'],
  413: ['TooLarge', 'The body is over the limit'],
  415: ['WrongMediaType', 'The body must be JSON, or a file where the operation takes one'],
  429: ['TooManyRequests', 'Too many requests; `retry-after` says when to ask again'],
  503: ['Unavailable', 'A needed component is away; `retry-after` says when to ask again'],
} as const satisfies Record<number, readonly [name: string, description: string]>;

/** Says which refusals an operation, or every one of a controller, can answer with. */
export function Problems(...statuses: (keyof typeof PROBLEMS)[]): ClassDecorator & MethodDecorator {
  const responses = statuses.map((status) => ApiResponse({ status, description: PROBLEMS[status][1] }));
  return applyDecorators(ApiExtraModels(ProblemAnswer), ...responses);
}

/** Describes each refusal once, and has the operations refer to it: they are the same everywhere. */
export function shareProblems(document: OpenAPIObject): void {
  const schema = { $ref: '#/components/schemas/ProblemAnswer' };
  const shared = Object.values(PROBLEMS).map(([name, description]) => [
    name,
    { description, content: { 'application/problem+json': { schema } } },
  ]);
  document.components = { ...document.components, responses: Object.fromEntries(shared) };
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path)))
    for (const [status, [name]] of Object.entries(PROBLEMS))
      if (operation.responses[status]) operation.responses[status] = { $ref: `#/components/responses/${name}` };
}
