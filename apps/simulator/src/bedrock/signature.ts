import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Received, WireError } from '../vendor.js';
import { ACCOUNT } from './account.js';
import { bedrockError } from './errors.js';

/** How old a signature may be, in milliseconds. */
const AGE_MAX_MS = 300_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

const refused = (code: string, message: string): WireError => bedrockError(403, { code, message });

/**
 * Checks a request's Signature Version 4, worked out here from what was received. Null when it is right.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function refuseSignature(received: Received): WireError | null {
  const { headers } = received;
  if (headers.authorization === undefined)
    return refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, keyId, date = '', region = '', service = '', names = '', signature = ''] =
    AUTHORIZATION.exec(headers.authorization) ?? [];
  if (keyId === undefined) return refused('IncompleteSignatureException', 'Authorization header is malformed.');
  if (keyId !== ACCOUNT.accessKeyId)
    return refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (service !== 'bedrock')
    return refused('InvalidSignatureException', "Credential should be scoped to correct service: 'bedrock'.");

  const signed = names.split(';');
  const missing = ['host', 'x-amz-date', ...amzHeaders(headers)].find((name) => !signed.includes(name));
  if (missing !== undefined) return refused('InvalidSignatureException', `'${missing}' must be a signed header.`);
  const at = String(headers['x-amz-date']);
  if (Math.abs(Date.now() - instantOf(at)) > AGE_MAX_MS || !at.startsWith(date))
    return refused('InvalidSignatureException', `Signature expired: ${at} is not current.`);

  const toSign = [
    'AWS4-HMAC-SHA256',
    at,
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonical(received, signed)),
  ];
  const right = hmac(signingKey(date, region, service), toSign.join('\n'));
  if (timingSafeEqual(right, Buffer.from(signature, 'hex'))) return null;
  return refused(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

const amzHeaders = (headers: IncomingHttpHeaders): readonly string[] =>
  Object.keys(headers).filter((name) => name.startsWith('x-amz-'));

function canonical({ method, target, headers, body }: Received, signed: readonly string[]): string {
  const [path = '', query = ''] = target.split('?', 2);
  return [
    method,
    path.split('/').map(escaped).join('/'),
    query.split('&').filter(Boolean).sort().join('&'),
    ...signed.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    signed.join(';'),
    sha256(body),
  ].join('\n');
}

/** What came escaped once is escaped again. */
const escaped = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** Milliseconds since the epoch of `20260115T120000Z`; NaN when it is no instant. */
function instantOf(compact: string): number {
  return Date.parse(compact.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}

function signingKey(date: string, region: string, service: string): Buffer {
  const seed: Buffer = Buffer.from(`AWS4${ACCOUNT.secretAccessKey}`);
  return [date, region, service, 'aws4_request'].reduce(hmac, seed);
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
