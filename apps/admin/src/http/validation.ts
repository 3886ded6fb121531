import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, TollgateError } from '#libs/core';

/** Checks bodies and queries against their DTO class. Unknown fields are refused; nothing is converted silently. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalidFields(errors.flatMap((error) => fieldErrors(error))),
  });
}

/** `invalid_request` about these fields. */
export function invalidFields(fields: readonly FieldError[]): TollgateError {
  const [first] = fields;
  const rest = fields.length > 1 ? ` (and ${fields.length - 1} more)` : '';
  return new TollgateError(
    'invalid_request',
    first ? `${first.field}: ${first.message}${rest}` : 'The request is invalid.',
    {
      fields,
      ...(first && { param: first.field }),
    },
  );
}

/** `invalid_request` about one field, dotted: `targets.0.model`. */
export function invalidField(field: string, message: string): TollgateError {
  return invalidFields([{ field, message }]);
}

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({
    field: field || 'body',
    message: message.replace(`${error.property} `, ''),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}
