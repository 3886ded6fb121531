import { crc32 } from 'node:zlib';
import type { StreamEvent } from './vendor.js';

const STRING = 7;

/**
 * One message of AWS's event stream: lengths of the whole and of the headers, their checksum, headers, payload, checksum of
 * everything before. An event whose name ends in "Exception" is sent as one. https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function eventStreamFrame({ name = '', data }: StreamEvent): Buffer {
  const exception = name.endsWith('Exception');
  const headers = Buffer.concat([
    header(exception ? ':exception-type' : ':event-type', name),
    header(':content-type', 'application/json'),
    header(':message-type', exception ? 'exception' : 'event'),
  ]);
  const payload = Buffer.from(data);
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + payload.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const message = Buffer.concat([prelude, checksum(prelude), headers, payload]);
  return Buffer.concat([message, checksum(message)]);
}

function header(name: string, value: string): Buffer {
  const text = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([STRING]),
    length,
    text,
  ]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
