import { createHash } from 'node:crypto';

/** The signature of a thinking block: proof, on its way back, that the block was not changed in between. */
export function signatureOf(thinking: string): string {
  const digest = createHash('sha512').update(`simulated ${thinking}`).digest('base64');
  return `EqQB${digest}`;
}
