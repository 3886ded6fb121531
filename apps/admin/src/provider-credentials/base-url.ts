import { checkOutboundUrl, type OutboundUrlRules } from '../http/outbound-url.js';
import { invalidField } from '../http/validation.js';

/** A provider's base URL as it is stored: without a trailing slash. Throws invalid_request about `field` as {@link checkOutboundUrl}. */
export function checkBaseUrl(text: string, rules: OutboundUrlRules, field = 'baseUrl'): string {
  if (checkOutboundUrl(text, rules, field).search) throw invalidField(field, 'must have no query');
  return text.replace(/\/+$/, '');
}
