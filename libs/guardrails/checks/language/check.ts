import type { Finding, LocalCheck } from '../../check.js';

/** Scripts by which languages can be told without a model. */
const SCRIPTS = {
  latin: /\p{Script=Latin}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  greek: /\p{Script=Greek}/gu,
  arabic: /\p{Script=Arabic}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  thai: /\p{Script=Thai}/gu,
  han: /\p{Script=Han}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  hangul: /\p{Script=Hangul}/gu,
} as const;
type Script = keyof typeof SCRIPTS;
const NAMES = Object.keys(SCRIPTS) as readonly Script[];

/** Fewer letters of a script than this are a name or a quotation. */
const LETTERS_MIN = 12;

/** Texts in scripts that are not allowed. The script, not the language: that needs a model, and is asked of one by a webhook. */
export const language: LocalCheck = {
  type: 'language',
  kind: 'local',
  about: 'Finds texts written in scripts that are not allowed. Cannot redact.',
  directions: ['input', 'output'],
  options: { scripts: `Scripts that are allowed: ${NAMES.join(', ')}. Required.` },
  problemWith: ({ scripts, action }) => {
    if (action === 'redact') return 'language can block or flag, not redact';
    const known = Array.isArray(scripts) && scripts.length > 0 && scripts.every((script) => NAMES.includes(script));
    return known ? null : `scripts must be a list of ${NAMES.join(', ')}`;
  },
  prepare: (config) => {
    const allowed = config['scripts'] as readonly Script[];
    const refused = NAMES.filter((script) => !allowed.includes(script));
    return {
      inspect: (text) => refused.flatMap((script) => written(text, script)),
      holdFrom: (text) => Math.max(0, text.length - 4 * LETTERS_MIN),
    };
  },
};

/** The first stretch of a text with enough letters of a script close together. */
function written(text: string, script: Script): readonly Finding[] {
  const places = Array.from(text.matchAll(SCRIPTS[script]), ({ index }) => index);
  for (let first = 0; first + LETTERS_MIN <= places.length; first++) {
    const start = places[first] ?? 0;
    const end = (places[first + LETTERS_MIN - 1] ?? 0) + 1;
    if (end - start <= 4 * LETTERS_MIN) return [{ rule: script, start, end, confidence: 1 }];
  }
  return [];
}
