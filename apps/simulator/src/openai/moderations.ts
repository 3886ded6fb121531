import { alphanumericId } from '../ids.js';
import { elements, fields, text, texts } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { missing } from './errors.js';

/** A category is flagged when its own name occurs in the input (its first half for the subcategories). */
const CATEGORIES = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/intent',
  'self-harm/instructions',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
];

/** POST /moderations. https://platform.openai.com/docs/api-reference/moderations */
export const moderations: Endpoint = {
  method: 'POST',
  path: /^\/moderations$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']) ?? 'omni-moderation-latest',
  answer: ({ json, model }) => {
    const { input } = fields(json);
    if (input === undefined) throw missing('input');
    return { kind: 'json', body: { id: alphanumericId('modr-', 29), model, results: readInputs(input).map(judge) } };
  },
};

interface Input {
  readonly text: string;
  readonly image: boolean;
}

/** Texts are judged one by one; text and image parts together. */
function readInputs(input: unknown): readonly Input[] {
  const plain = texts(input);
  if (plain.length > 0) return plain.map((item) => ({ text: item, image: false }));
  const parts = elements(input).map(fields);
  return [
    {
      text: parts.flatMap((part) => texts(part['text'])).join('\n'),
      image: parts.some((part) => part['type'] === 'image_url'),
    },
  ];
}

function judge(input: Input): unknown {
  const flagged = CATEGORIES.map((category) => input.text.toLowerCase().includes(category));
  const perCategory = (value: (hit: boolean) => unknown) =>
    Object.fromEntries(CATEGORIES.map((category, i) => [category, value(flagged[i] === true)]));
  return {
    flagged: flagged.includes(true),
    categories: perCategory((hit) => hit),
    category_scores: perCategory((hit) => (hit ? 0.98 : 0.0001)),
    category_applied_input_types: perCategory(() => (input.image ? ['text', 'image'] : ['text'])),
  };
}
