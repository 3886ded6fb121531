import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { isPermission, PERMISSIONS } from '#libs/identity';
import { shareProblems } from './problem-answer.js';

const ABOUT = `The control plane of Tollgate. Errors are problem documents (RFC 9457). Lists take \`limit\` and \`cursor\`.
Amounts are decimal strings in USD. Every resource with a slug is addressed by its slug or its id.`;

/** The OpenAPI 3.1 document at /api/openapi.json and, for people, the page at /api/docs, which loads nothing from elsewhere. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Tollgate Admin API',
  });
}

/** The OpenAPI 3.1 document of the controllers of `app`, which need not listen, nor have been made. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tollgate Admin API')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'For audience urn:tollgate:admin. The names beside it are the permissions that an operation needs.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  sayRoles(document);
  shareProblems(document);
  return document;
}

/** Says at each operation which roles have the permission that its security names. */
function sayRoles(document: OpenAPIObject): void {
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    const permission = operation.security?.[0]?.['bearer']?.[0];
    if (permission === undefined || !isPermission(permission)) continue;
    const roles = ['operator', ...PERMISSIONS[permission].roles];
    operation.description = `${operation.description ?? ''}\n\nNeeds \`${permission}\`: ${roles.join(', ')}.`.trim();
    operation['x-tollgate-permission'] = permission;
    operation['x-tollgate-roles'] = roles;
  }
}
