import type { EncodeTarget } from '../dialect.js';
import { arrayOf, isObject } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';
import { type OwnWays, vendorOf } from './vendors.js';

/**
 * Whether this vendor takes the request as it is and answers as OpenAI would. A vendor with ways of its own does so only for plain
 * talk: not with tools, whose calls and ids it tells otherwise, nor with thinking, nor with members that it refuses.
 */
export function takesAsIs(body: JsonObject, { provider, upstreamModel }: EncodeTarget): boolean {
  const { ownWays, renames } = vendorOf(provider);
  if (!ownWays) return true;
  return (
    !ownWays.thinks.test(upstreamModel) &&
    Object.keys(body).every((name) => ownWays.plain.has(name) || Object.hasOwn(renames, name)) &&
    arrayOf(body['messages']).every((message) => isObject(message) && isPlain(message, ownWays))
  );
}

const isPlain = (message: JsonObject, { roles, messagePlain }: OwnWays): boolean =>
  roles.has(message['role']) && Object.keys(message).every((name) => messagePlain.has(name));
