import { randomUUID } from 'node:crypto';
import type { Vendor } from '../vendor.js';
import { listAsyncInvokes } from './async-invoke.js';
import { converse, converseStream } from './converse.js';
import { bedrockError } from './errors.js';
import { refuseSignature } from './signature.js';

/** AWS Bedrock's runtime, at `/bedrock`, for the one account of `account.ts`. */
export const bedrock: Vendor = {
  name: 'bedrock',
  prefix: '/bedrock',
  endpoints: [converse, converseStream, listAsyncInvokes],
  refuseCredential: refuseSignature,
  error: bedrockError,
  headers: () => ({ 'x-amzn-requestid': randomUUID() }),
};
