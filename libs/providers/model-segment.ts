import { TollgateError } from '#libs/core';

/** Letters, digits and the marks that vendors' model ids use; none of them ends a path or begins a query. */
const PLAIN = /^[\w.:@~=;,+-]+$/;
const WITH_SLASHES = /^[\w.:@~=;,+/-]+$/;

/**
 * A model's id as one segment of a URL's path. Throws `model_not_found` for one that would lead elsewhere: with a slash, a
 * dot segment, a query, a fragment or an escape.
 */
export function modelSegment(upstreamModel: string): string {
  if (!PLAIN.test(upstreamModel) || isDots(upstreamModel)) throw unsafe(upstreamModel);
  return encodeURIComponent(upstreamModel);
}

/** As modelSegment, for vendors whose ids may hold slashes (ARNs): these are escaped, so that it stays one segment. */
export function resourceSegment(upstreamModel: string): string {
  const pieces = upstreamModel.split('/');
  if (!WITH_SLASHES.test(upstreamModel) || pieces.some((piece) => piece === '' || isDots(piece))) {
    throw unsafe(upstreamModel);
  }
  return encodeURIComponent(upstreamModel);
}

const isDots = (piece: string): boolean => piece === '.' || piece === '..';

const unsafe = (upstreamModel: string): TollgateError =>
  new TollgateError('model_not_found', 'The model’s id at its provider cannot stand in a URL.', {
    detail: `unsafe upstream model id ${JSON.stringify(upstreamModel.slice(0, 100))}`,
  });
