import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import { knownError } from './known-errors.js';

const withCode = (code: string, message = 'internal detail'): Error => Object.assign(new Error(message), { code });

describe('an error that reaches the filter', () => {
  it.each([
    [withCode('P2002'), 'conflict'],
    [withCode('P2003'), 'conflict'],
    [withCode('P2025'), 'not_found'],
    [withCode('P1001'), 'overloaded'],
    [withCode('P2028'), 'overloaded'],
    [withCode('P2010', "Raw query failed. Message: `Can't reach database server`"), 'overloaded'],
    [withCode('P2010', 'Raw query failed. Message: `syntax error`'), 'internal_error'],
    [new NotFoundException('Cannot GET /x'), 'not_found'],
    [Object.assign(new Error('x'), { statusCode: 413 }), 'request_too_large'],
    [new Error('internal detail'), 'internal_error'],
    ['a thrown text', 'internal_error'],
  ])('becomes one of ours, and keeps its text for the log: %s', (cause, code) => {
    const error = knownError(cause);
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('internal detail');
    expect(error.detail).toBeTruthy();
  });

  it('stays what it is when it is ours', () => {
    const error = new TollgateError('conflict', 'x');
    expect(knownError(error)).toBe(error);
  });
});
