import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TollgateError } from '#libs/core';
import { invalidField } from './validation.js';

const TYPES = ['text/csv', 'multipart/form-data'];
const FIELD_BYTES_MAX = 64 * 1024;
const FIELDS_MAX = 20;
const UPLOADS = { takesUploads: true };

/** An operation whose body is a file: `text/csv`, or the part `file` of a form, after the form's other fields. */
export function TakesUpload(): MethodDecorator {
  const file = { type: 'string', format: 'binary' } as const;
  const fields = { kind: { type: 'string' }, parameters: { type: 'string' }, file } as const;
  return applyDecorators(
    RouteConfig(UPLOADS),
    ApiConsumes(...TYPES),
    ApiBody({ schema: { type: 'object', required: ['file'], properties: fields } }),
  );
}

/** Hands the body of such operations on unread, and refuses these media types everywhere else. */
export function acceptUploads(server: FastifyInstance): void {
  server.addContentTypeParser(TYPES, async (request: FastifyRequest, payload: Readable) => {
    const { takesUploads } = request.routeOptions.config as Partial<typeof UPLOADS>;
    if (takesUploads) return new Upload(payload, request.headers);
    throw new TollgateError('unsupported_media_type', 'The body must be JSON.');
  });
}

/** Parameter of a controller's method: the file that comes with the request. */
export const UploadOf = createParamDecorator((_: unknown, context: ExecutionContext): Upload => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (body instanceof Upload) return body;
  throw invalidField('file', `must be sent as ${TYPES.join(' or as the part "file" of ')}`);
});

export interface OpenedUpload {
  /** What the form says before the file. */
  readonly fields: Readonly<Record<string, string>>;
  readonly file: AsyncIterable<Uint8Array>;
}

/** A body that is still on its way. Its parts are private: nobody is to walk through a stream as if it were JSON. */
export class Upload {
  readonly #payload: Readable;
  readonly #headers: IncomingHttpHeaders;

  constructor(payload: Readable, headers: IncomingHttpHeaders) {
    this.#payload = payload;
    this.#headers = headers;
  }

  /** Throws `invalid_request` for a form without a file. */
  async open(): Promise<OpenedUpload> {
    const type = this.#headers['content-type'] ?? '';
    if (!type.startsWith('multipart/')) return { fields: {}, file: this.#payload };
    return openForm(this.#payload, { ...this.#headers, 'content-type': type });
  }

  /** What tells one upload from another before it is read, for an Idempotency-Key. */
  toJSON(): object {
    return { type: this.#headers['content-type']?.split(';')[0], length: this.#headers['content-length'] };
  }
}

function openForm(payload: Readable, headers: BusboyHeaders): Promise<OpenedUpload> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    const limits = { files: 1, fields: FIELDS_MAX, fieldSize: FIELD_BYTES_MAX };
    const form = new Busboy({ headers, limits });
    const refuse = (message: string): void => reject(invalidField('file', message));
    form.on('field', (name, value) => {
      fields[name] = value;
    });
    form.on('file', (_, file) => resolve({ fields, file }));
    form.on('error', () => refuse('the form is damaged'));
    form.on('finish', () => refuse('the form has no file'));
    payload.on('error', () => refuse('the upload broke off'));
    payload.pipe(form);
  });
}
