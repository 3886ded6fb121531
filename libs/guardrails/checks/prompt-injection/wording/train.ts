import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { foldText } from '../folded-text.js';
import { scoreOf, signalsOf } from '../hits.js';
import { FEATURE_BITS, visitBlocks } from './blocks.js';
import { bytesOf } from './model.js';

/**
 * Trains the classifier of wordings: `train.js TEXTS.jsonl… --out model.bin`, a line `{"text", "label": 0 | 1, "weight"?}` for
 * each text. Logistic regression over hashed words and pairs, by AdaGrad, with half of the features left out at random in every
 * step so that no single word carries an example. What the signals say of a text is given, so that the words learn the rest. Takes
 * about a minute for 20,000 texts; the same texts in the same order give the same model.
 */
const EPOCHS = 12;
const LEARNING_RATE = 0.3;
const DECAY = 5e-5;
const LEFT_OUT = 0.4;
/** Log-odds that a signal of weight 1 is worth, and the most that signals may say. */
const LOG_ODDS_OF_SIGNAL = 4;
const SIGNALS_MAX = 1.2;
/** How often the signals of an example are left out. */
const SIGNALS_LEFT_OUT = 0.3;
/** Blocks of one ordinary text that are learned from. */
const BLOCKS_MAX = 6;
const WEIGHT_MAX = 127;

interface Line {
  readonly text: string;
  readonly label: 0 | 1;
  readonly weight?: number;
}

interface Example {
  readonly features: readonly number[];
  readonly signals: number;
  readonly label: 0 | 1;
  readonly weight: number;
}

/** What is learned from one text: of an attempt its first and its last block, of an ordinary text the first ones. */
function examplesOf({ text, label, weight = 1 }: Line): readonly Example[] {
  const folded = foldText(text);
  const signals = Math.min(SIGNALS_MAX, scoreOf(signalsOf(text, folded, 'user')));
  const blocks: number[][] = [];
  let features: number[] = [];
  visitBlocks(folded.text, {
    feature: (index) => void features.push(index),
    block: () => {
      blocks.push(features);
      features = [];
    },
  });
  const chosen = label === 0 ? blocks.slice(0, BLOCKS_MAX) : [...new Set([blocks.at(0), blocks.at(-1)])];
  return chosen.flatMap((each) => (each && each.length > 0 ? [{ features: each, signals, label, weight }] : []));
}

/** Numbers of 0–1 that look drawn and are always the same. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  const copy = [...values];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
  }
  return copy;
}

function trained(examples: readonly Example[]): { readonly bias: number; readonly weights: Float64Array } {
  const random = numbers();
  const weights = new Float64Array(1 << FEATURE_BITS);
  const squares = new Float64Array(1 << FEATURE_BITS);
  let bias = 0;
  let biasSquares = 0;
  const sum = (label: 0 | 1): number =>
    examples.filter((each) => each.label === label).reduce((total, { weight }) => total + weight, 0);
  const attempts = sum(0) / sum(1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { features: all, signals, label, weight } of shuffled(examples, random)) {
      const features = all.filter(() => random() > LEFT_OUT);
      if (features.length === 0) continue;
      const told = random() < SIGNALS_LEFT_OUT ? 0 : signals;
      const length = Math.sqrt(features.length);
      let logOdds = bias + LOG_ODDS_OF_SIGNAL * told;
      for (const index of features) logOdds += (weights[index] as number) / length;
      const wrong = (1 / (1 + Math.exp(-logOdds)) - label) * weight * (label === 1 ? attempts : 1);
      for (const index of features) {
        const slope = wrong / length + DECAY * (weights[index] as number);
        squares[index] = (squares[index] as number) + slope * slope;
        weights[index] =
          (weights[index] as number) - (LEARNING_RATE * slope) / Math.sqrt((squares[index] as number) + 1e-6);
      }
      biasSquares += wrong * wrong;
      bias -= (LEARNING_RATE * wrong) / Math.sqrt(biasSquares + 1e-6);
    }
  }
  return { bias, weights };
}

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const lines = positionals.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line),
);
const { bias, weights } = trained(lines.flatMap(examplesOf));
const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / WEIGHT_MAX;
const bytes = bytesOf({ bias, scale, weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)) });
if (values.out !== undefined) writeFileSync(values.out, bytes);
process.stdout.write(
  `${lines.length} texts, ${weights.filter((weight) => Math.abs(weight) > scale).length} features that say something\n`,
);
