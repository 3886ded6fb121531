import { expect, test } from 'vitest';
import { operationDialects } from './index.js';

test('every dialect of an operation is in the table by its own name', () => {
  for (const [id, dialect] of Object.entries(operationDialects)) expect(dialect.id).toBe(id);
});

test('an answer that another dialect can be asked for can be given in every dialect of that operation', () => {
  const operationOf = (id: string): string => id.replace(/^[a-z]+-/, '');
  for (const asked of Object.values(operationDialects).filter(({ encodeRequest }) => encodeRequest)) {
    const siblings = Object.values(operationDialects).filter(({ id }) => operationOf(id) === operationOf(asked.id));
    for (const { encodeResponse } of siblings) expect(encodeResponse).toBeTypeOf('function');
  }
});
