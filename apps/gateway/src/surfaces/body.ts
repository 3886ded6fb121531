import type { IncomingMessage } from 'node:http';
import { TollgateError } from '#libs/core';

/** The whole body of a request, at most `limitBytes`. Chunks are joined once. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new TollgateError(
      'unsupported_media_type',
      `A body with content-encoding '${encoding.slice(0, 32)}' is not taken.`,
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        request.pause();
        reject(tooLarge(limitBytes));
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes)));
    request.once('error', (cause) => reject(left(cause)));
    request.once('close', () => {
      if (!request.complete) reject(left(undefined));
    });
  });
}

const tooLarge = (limitBytes: number): TollgateError =>
  new TollgateError('request_too_large', `The request body is larger than ${limitBytes} bytes.`);

const left = (cause: unknown): TollgateError =>
  new TollgateError('client_closed_request', 'The client closed the connection.', { cause });
