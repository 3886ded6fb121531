import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeAdminApi } from '../../apps/admin/src/describe.js';

let document: OpenAPIObject;

beforeAll(async () => {
  document = await describeAdminApi();
});

const GENERATED = '// Generated from the OpenAPI document of the admin API by `npm run openapi`.\n\n';

describe('the OpenAPI document', () => {
  it('is what the types of its clients are generated from (after changing the API: npm run openapi)', async () => {
    const types = astToString(
      await openapiTypes(document as unknown as OpenAPI3, { defaultNonNullable: false, alphabetize: true }),
    );
    await expect(GENERATED + types).toMatchFileSnapshot('../../libs/admin-api/generated/openapi.ts');
  });
});
