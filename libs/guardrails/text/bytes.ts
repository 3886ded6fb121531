/** Longer texts are not remembered. */
const REMEMBERED_CHARS_MAX = 131_072;

let remembered = '';
let itsBytes: Uint8Array = new Uint8Array();

/**
 * The low byte of every UTF-16 unit of a text, at its own place, not to be written to. Scans over bytes take a third of the time
 * of scans over a string; what they find must be looked at again in the text, as characters beyond Latin-1 look like others here.
 * Several checks scan the same text one after the other: the last one's bytes are kept for them.
 */
export function lowBytes(text: string): Uint8Array {
  if (text === remembered) return itsBytes;
  const bytes = Buffer.from(text, 'latin1');
  if (text.length <= REMEMBERED_CHARS_MAX) [remembered, itsBytes] = [text, bytes];
  return bytes;
}
