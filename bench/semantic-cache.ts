import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { lexicalVector, read, vetoOf } from '#libs/cache';

/**
 * How often the semantic cache would give the answer of a text that says something else. `node dist/bench/semantic-cache.js
 * FILE...`: pairs with labels as tab-separated values with a header, as MRPC (`Quality`, `#1 String`, `#2 String`), PAWS
 * (`sentence1`, `sentence2`, `label`) and QQP (`question1`, `question2`, `is_duplicate`) have them. Vectors are the gateway's own.
 */
const THRESHOLD = 0.9;

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

const COLUMNS = [
  ['#1 String', '#2 String', 'Quality'],
  ['sentence1', 'sentence2', 'label'],
  ['question1', 'question2', 'is_duplicate'],
] as const;

function pairsIn(file: string): readonly Pair[] {
  const [head = '', ...rows] = readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/);
  const header = head.split('\t');
  const columns = COLUMNS.map((names) => names.map((name) => header.indexOf(name))).find((at) => !at.includes(-1));
  if (!columns) throw new Error(`${file} has none of the known headers`);
  return rows.flatMap((row) => {
    const [a = '', b = '', label] = columns.map((at) => row.split('\t')[at]);
    return label === '0' || label === '1' ? [{ a: asWritten(a), b: asWritten(b), same: label === '1' }] : [];
  });
}

/** Sets are tokenized, and some carry Python's `b'…'`: people write neither. */
const asWritten = (text: string): string =>
  text
    .replace(/^b(['"])(.*)\1$/, '$2')
    .replace(/\\(['"\\])/g, '$1')
    .replace(/ ?n ?['’]t\b/g, "n't")
    .replace(/ (['’](?:s|m|re|ve|ll|d)\b)/g, '$1')
    .replace(/ ([?.,!;:)])/g, '$1');

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const isHit = ({ a, b }: Pair): boolean =>
  cosine(lexicalVector(a), lexicalVector(b)) >= THRESHOLD && vetoOf(read(a), read(b)) === null;
const isNear = ({ a, b }: Pair): boolean => cosine(lexicalVector(a), lexicalVector(b)) >= THRESHOLD;

function judged(name: string, pairs: readonly Pair[], accepts: (pair: Pair) => boolean) {
  const count = (accepted: boolean, same: boolean): number =>
    pairs.filter((pair) => pair.same === same && accepts(pair) === accepted).length;
  const [hits, falseHits, missed, refused] = [
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  ];
  const precision = hits / (hits + falseHits);
  const recall = hits / (hits + missed);
  return {
    set: name,
    pairs: pairs.length,
    hits,
    'false hits': falseHits,
    'same, no hit': missed,
    'other, no hit': refused,
    precision: precision.toFixed(4),
    recall: recall.toFixed(4),
    F1: ((2 * precision * recall) / (precision + recall)).toFixed(4),
  };
}

const files = process.argv.slice(2);
const sets = files.map((file) => [basename(file), pairsIn(file)] as const);
console.log('with the vetoes');
console.table(
  [...sets, ['all', sets.flatMap(([, pairs]) => pairs)] as const].map(([name, pairs]) => judged(name, pairs, isHit)),
);
console.log('by the threshold alone');
console.table(sets.map(([name, pairs]) => judged(name, pairs, isNear)));

const texts = sets.flatMap(([, pairs]) => pairs.slice(0, 500).map(({ a }) => a));
const before = process.cpuUsage();
for (const text of texts) lexicalVector(text);
const middle = process.cpuUsage(before);
for (const text of texts) read(text);
const after = process.cpuUsage(before);
const micros = ({ user, system }: NodeJS.CpuUsage): number => user + system;
console.log(
  `vector ${(micros(middle) / texts.length).toFixed(1)} µs, reading ${((micros(after) - micros(middle)) / texts.length).toFixed(1)} µs per text`,
);
