/**
 * The OpenAPI document of this build. It is committed as apps/control-plane/openapi.json and compared
 * by a test, so that a change of the API is seen in review. Served at /docs for reading.
 */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { withCommonAnswers } from './common-answers.js';
import { componentSchemas } from './schemas.js';
import { withSecurity } from './security.js';

export const API_VERSION = '1.0.0';

const BEARER =
  'An access token. Needed from the first token on, and on any address but loopback; each operation names the scope.';

export function createDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Lastref')
    .setDescription(
      'Finds, proves and explains teardown races. Lists are keyset pages; every answer outside 2xx ' +
        'is a problem (RFC 9457) whose slug is stable.',
    )
    .setVersion(API_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: BEARER }, 'token')
    .build();
  const document = withCommonAnswers(SwaggerModule.createDocument(app, options));
  const components = { ...document.components, schemas: componentSchemas() };
  return { ...document, paths: withSecurity(document.paths), components };
}

/** Serves the description for reading at /docs and as JSON at /docs-json; it sends nothing but GET. */
export function serveDocument(app: INestApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    swaggerOptions: { supportedSubmitMethods: ['get'] },
  });
}
