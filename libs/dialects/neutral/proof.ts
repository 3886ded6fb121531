import { defined, parseObject, textOf } from '../json/index.js';
import type { DialectId } from './request.js';

/** What a provider wants back on the next turn to believe its own reasoning. */
export interface Proof {
  readonly dialect: DialectId;
  readonly signature?: string;
  readonly encrypted?: string;
  readonly id?: string;
  /** The tool call that the signature belongs to, where it does not belong to a text. */
  readonly callId?: string;
}

const MARK = Buffer.from('{"tollgate":').toString('base64');

/**
 * One dialect's proof in a string that another dialect's signature field can carry to the client and back: a conversation
 * keeps its reasoning although surface and provider speak differently. Plain base64, since some SDKs decode such fields.
 */
export function sealProof(proof: Proof): string {
  return Buffer.from(JSON.stringify({ tollgate: 1, ...proof })).toString('base64');
}

/** The proof sealed in `text`; undefined when it is a signature of the dialect's own. A client may have tampered with it. */
export function openProof(text: string | undefined): Proof | undefined {
  if (!text?.startsWith(MARK)) return undefined;
  const sealed = parseObject(Buffer.from(text, 'base64').toString('utf8'));
  if (typeof sealed?.['dialect'] !== 'string') return undefined;
  return defined<Proof>({
    dialect: sealed['dialect'] as DialectId,
    signature: textOf(sealed['signature']),
    encrypted: textOf(sealed['encrypted']),
    id: textOf(sealed['id']),
    callId: textOf(sealed['callId']),
  });
}
