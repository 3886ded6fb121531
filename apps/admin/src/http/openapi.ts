import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const ABOUT = `The control plane of Tollgate. Errors are problem documents (RFC 9457). Lists take \`limit\` and \`cursor\`.
Amounts are decimal strings in USD. Every resource with a slug is addressed by its slug or its id.`;

/** The OpenAPI 3.1 document at /api/openapi.json and, for people, the page at /api/docs, which loads nothing from elsewhere. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tollgate Admin API')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'For audience urn:tollgate:admin',
    })
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Tollgate Admin API',
  });
}
