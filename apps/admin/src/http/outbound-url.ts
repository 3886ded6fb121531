import { isPrivateAddress } from '#libs/providers';
import { invalidField } from './validation.js';

export interface OutboundUrlRules {
  /** TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: plain http and private networks are allowed. */
  readonly allowPrivateUpstreams: boolean;
}

/**
 * A URL that somebody typed and that we shall connect to. Throws invalid_request about `field` for what is no place to send a
 * secret to. Names are checked again when they are resolved: what they mean may change.
 */
export function checkOutboundUrl(text: string, { allowPrivateUpstreams }: OutboundUrlRules, field: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw invalidField(field, 'must be an https URL');
  if (url.username || url.password || url.hash) throw invalidField(field, 'must have no user, password or fragment');
  if (allowPrivateUpstreams) return url;
  if (url.protocol !== 'https:') throw invalidField(field, 'must begin with https://');
  if (isPrivateAddress(url.hostname) || /(^|\.)localhost$/.test(url.hostname))
    throw invalidField(field, 'must not be on loopback or a private network');
  return url;
}
