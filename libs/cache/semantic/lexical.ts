import { NUMBER_WORDS, WEIGHTLESS } from './lexicon.js';
import { wordsOf } from './words.js';

const DIMENSIONS = 256;
/** Words that shape a question weigh this much of one that says what it is about. */
const SHAPING = 0.2;
/** Parts of words bring near what differs by an ending or a slip. */
const TRIGRAM = 0.3;

/**
 * A vector of a text's words: no model, no weights, some 20 µs. Near is what is said in nearly the same words; that one word
 * means what another does it does not know. Length 1, or all zeros for a text without words.
 */
export function lexicalVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const add = (feature: string, weight: number): void => {
    const hash = fnv1a(feature);
    const at = hash % DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + (hash & 0x10000 ? weight : -weight);
  };
  for (const { raw, stem: own } of wordsOf(text)) {
    const stem = NUMBER_WORDS.get(raw.toLowerCase()) ?? own;
    const weight = WEIGHTLESS.has(stem) ? SHAPING : 1;
    add(stem, weight);
    if (weight === 1) for (let at = 0; at + 3 <= stem.length; at++) add(`~${stem.slice(at, at + 3)}`, TRIGRAM);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
