/**
 * The low byte of every UTF-16 unit of a text, at its own place. Scans over bytes take a third of the time of scans over a
 * string; what they find must be looked at again in the text, as characters beyond Latin-1 look like others here.
 */
export const lowBytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
