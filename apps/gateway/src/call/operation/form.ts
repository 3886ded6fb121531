import { Busboy } from '@fastify/busboy';
import { TollgateError } from '#libs/core';
import type { JsonObject } from '#libs/dialects';

/** Far more than any operation has. */
const LIMITS = { fields: 64, files: 16, parts: 64, fieldSize: 256 * 1024, headerPairs: 32 };

const malformed = (): TollgateError =>
  new TollgateError('invalid_request', 'The multipart form of the request is malformed.');

/**
 * A multipart form (RFC 7578) as an object: text fields by name, a list where a name is there several times, and of each
 * file `{ name, bytes }`. Throws `invalid_request`.
 */
export async function readForm(body: Buffer, contentType: string): Promise<JsonObject> {
  const members = new Map<string, unknown[]>();
  const add = (name: string, value: unknown): void => {
    members.set(name, [...(members.get(name) ?? []), value]);
  };
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(malformed());
    const parser = opened(contentType);
    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      if (nameTruncated || valueTruncated) fail();
      add(name, value);
    });
    parser.on('file', (field, stream, name) => {
      stream.on('error', fail).once('end', () => add(field, { name, bytes: stream.bytesRead }));
      stream.resume();
    });
    parser.once('error', fail);
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.once(limit, fail);
    parser.once('finish', resolve);
    parser.end(body);
  });
  // Object.fromEntries defines, never assigns: a field named __proto__ is a field like any other.
  return Object.fromEntries([...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/** The library throws at once where the content type names no boundary. */
function opened(contentType: string): Busboy {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch {
    throw malformed();
  }
}

/**
 * The form with other values for text fields and every other byte as it was; of a name that is there several times each
 * takes its own of a list. Throws `invalid_request` for a field that is not there.
 */
export function spliceFields(body: Buffer, contentType: string, values: JsonObject): Buffer {
  const pieces: Buffer[] = [];
  const seen = new Map<string, number>();
  let copied = 0;
  for (const { name, start, end } of textFields(body, boundaryOf(contentType))) {
    if (!Object.hasOwn(values, name)) continue;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const value = values[name];
    pieces.push(body.subarray(copied, start), Buffer.from(String(Array.isArray(value) ? value[nth] : value)));
    copied = end;
  }
  if (seen.size < Object.keys(values).length) throw malformed();
  return Buffer.concat([...pieces, body.subarray(copied)]);
}

function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  return boundary;
}

/** Where the values of text fields stand in the body: indices, end exclusive. Reading them is the library's; it tells no places. */
function* textFields(body: Buffer, boundary: string): Generator<{ name: string; start: number; end: number }> {
  const delimiter = `\r\n--${boundary}`;
  const opening = delimiter.slice(2);
  const first = body.subarray(0, opening.length).toString('latin1') === opening;
  let at = first ? opening.length : body.indexOf(delimiter) + delimiter.length;
  for (let end = body.indexOf(delimiter, at); end !== -1; end = body.indexOf(delimiter, at)) {
    const headersEnd = body.indexOf('\r\n\r\n', at);
    const headers = body.subarray(at, headersEnd).toString('utf8');
    const [, quoted, plain] = /content-disposition:[^\r\n]*?;\s*name=(?:"([^"]*)"|([^\s;]+))/i.exec(headers) ?? [];
    const name = quoted ?? plain;
    if (headersEnd !== -1 && headersEnd < end && name !== undefined && !/;\s*filename/i.test(headers)) {
      yield { name, start: headersEnd + 4, end };
    }
    at = end + delimiter.length;
  }
}
