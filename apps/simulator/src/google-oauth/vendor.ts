import type { ErrorOptions, Vendor, WireError } from '../vendor.js';
import { token } from './token.js';

function oauthError(status: number, { message, code }: ErrorOptions = {}): WireError {
  return { status, body: { error: code ?? 'internal_failure', error_description: message ?? 'Backend Error' } };
}

/** Google's token endpoint, at `/google-oauth/token`. Who asks is proven by the assertion, not by a credential. */
export const googleOauth: Vendor = {
  name: 'google-oauth',
  prefix: '/google-oauth',
  endpoints: [token],
  refuseCredential: () => null,
  error: oauthError,
  headers: () => ({ 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate' }),
};
