import { describe, expect, it } from 'vitest';
import { errorFacts } from './error-facts.js';

describe('an error in the log', () => {
  it('says what and where, its cause too, and nothing that hangs on it', () => {
    const cause = Object.assign(new TypeError('inner'), { command: { args: ['secret'] } });
    const error = Object.assign(new Error('outer', { cause }), { code: 'ECONNREFUSED', row: { secret: 'x' } });
    expect(errorFacts(error)).toEqual({
      type: 'Error',
      message: 'outer',
      code: 'ECONNREFUSED',
      stack: expect.stringContaining('error-facts.spec'),
      cause: { type: 'TypeError', message: 'inner', code: undefined, stack: expect.any(String), cause: undefined },
    });
    expect(errorFacts('text')).toBe('text');
  });
});
