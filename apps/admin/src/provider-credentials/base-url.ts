import { isPrivateAddress } from '#libs/providers';
import { invalidField } from '../http/validation.js';

export interface BaseUrlRules {
  /** TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: plain http and private networks are allowed. */
  readonly allowPrivateUpstreams: boolean;
}

/**
 * A provider's base URL as it is stored: without a trailing slash. Throws invalid_request about `field` for what is no place to
 * send a secret to. Names are checked again when they are resolved: what they mean may change.
 */
export function checkBaseUrl(text: string, { allowPrivateUpstreams }: BaseUrlRules, field = 'baseUrl'): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw invalidField(field, 'must be an https URL');
  if (url.username || url.password || url.search || url.hash)
    throw invalidField(field, 'must have no user, password, query or fragment');
  if (allowPrivateUpstreams) return text.replace(/\/+$/, '');
  if (url.protocol !== 'https:') throw invalidField(field, 'must begin with https://');
  if (isPrivateAddress(url.hostname) || /(^|\.)localhost$/.test(url.hostname))
    throw invalidField(field, 'must not be on loopback or a private network');
  return text.replace(/\/+$/, '');
}
