import type { ExternalCheck, Verdict } from '../../check.js';
import { isSlug, ruleName, SERVICE_OPTIONS, SLUG_PROBLEM, timeoutProblem } from '../service-options.js';

const INSTRUCTIONS_CHARS_MAX = 8_000;
const FOUND = ['unsafe'];
const FOUND_MAX = 20;
const ANSWER_TOKENS_MAX = 24;

/**
 * A chat model that classifies: Llama Guard, ShieldGemma, Granite Guardian, one of your own, or any model with instructions.
 * Asked in OpenAI's chat format; the first word of its answer says whether something was found, what follows names it.
 */
export const classifier: ExternalCheck = {
  type: 'classifier',
  kind: 'external',
  about:
    "Asks one of the organization's chat models that speak OpenAI's format to classify each text. Holds streams back to their end. Asked by gateways only.",
  directions: ['input', 'output'],
  options: {
    model: 'Slug of a chat model. Required.',
    instructions: `What the model is told before each text, up to ${INSTRUCTIONS_CHARS_MAX} characters. Default: nothing, as models made for it need.`,
    found: `First words of an answer that mean that something was found, in any case: up to ${FOUND_MAX}. Default: ${FOUND.join()}.`,
    ...SERVICE_OPTIONS,
  },
  problemWith: ({ model, instructions, found, timeoutMs }) => {
    if (!isSlug(model)) return SLUG_PROBLEM;
    const told =
      instructions === undefined || (typeof instructions === 'string' && instructions.length <= INSTRUCTIONS_CHARS_MAX);
    if (!told) return `instructions must be a string of up to ${INSTRUCTIONS_CHARS_MAX} characters`;
    const listed =
      found === undefined ||
      (Array.isArray(found) &&
        found.length > 0 &&
        found.length <= FOUND_MAX &&
        found.every((each) => typeof each === 'string' && WORD.test(each)));
    return listed ? timeoutProblem(timeoutMs) : `found must be 1 to ${FOUND_MAX} words`;
  },
  prepare: (config) => {
    const found = new Set(
      ((config['found'] as readonly string[] | undefined) ?? FOUND).map((word) => word.toLowerCase()),
    );
    const instructions = config['instructions'] as string | undefined;
    const told = instructions ? [{ role: 'system', content: instructions }] : [];
    return async (texts, outside, signal) => {
      const ask = async (content: string, text: number): Promise<readonly Verdict[]> => {
        const body = (model: string): unknown => ({
          model,
          messages: [...told, { role: 'user', content }],
          temperature: 0,
          max_tokens: ANSWER_TOKENS_MAX,
        });
        const answer = await outside.askModel(config['model'] as string, { to: 'chat', body }, signal);
        const rule = ruleIn(saidIn(answer), found);
        return rule === null ? [] : [{ text, rule, start: 0, end: content.length, confidence: 1 }];
      };
      return (await Promise.all(texts.map(ask))).flat();
    };
  },
};

const WORD = /^[\p{L}\p{N}_-]{1,40}$/u;

interface Answer {
  readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[];
}

/** Throws when the model said nothing: then it has not classified. */
function saidIn(answer: unknown): string {
  const said = ((answer ?? {}) as Answer).choices?.[0]?.message?.content;
  if (typeof said !== 'string' || said.trim() === '') throw new TypeError('the classifier said nothing');
  return said.trim();
}

/** The rule that an answer names, or null where nothing was found. */
function ruleIn(said: string, found: ReadonlySet<string>): string | null {
  const [first = '', ...rest] = said.split(/[\s,.:;]+/);
  if (!found.has(first.toLowerCase())) return null;
  return ruleName(rest[0] || first);
}
