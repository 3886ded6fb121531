import { stemOf } from './words.js';

const list = (words: string): readonly string[] => words.trim().split(/\s+/);
const stems = (words: string): ReadonlySet<string> => new Set(list(words).map(stemOf));

/** Words that shape a question and do not say what it is about: they may differ. Prepositions are not among them: they do say. */
export const WEIGHTLESS = stems(`
  a an the is are am was were be been being do does did done doing have has had i me my mine you your yours we us our ours
  can could would will shall should may might must please kindly tell explain describe let give show help thanks thank hi hello
  hey dear just really actually basically simply quickly exactly ever also so well then now there here that this these those it its
  some any of to as and if like want wanna need know wonder wondering question ask asking able get got one's someone somebody
  anyone anybody people person oh ok okay kind sort and`);

/** Of those, the ones whose place says nothing either. */
export const PLACELESS = stems('a an the is am are was were be please kindly thanks thank hi hello hey oh ok okay');

/** What is asked for. Words of one row ask for the same. */
const ASKED: readonly (readonly string[])[] = [
  ['what', 'which'],
  ['how'],
  ['why'],
  ['when'],
  ['where'],
  ['who', 'whom'],
  ['whose'],
];
export const ASKED_BY = new Map(ASKED.flatMap((row, at) => row.map((word) => [word, at] as const)));

export const NEGATIONS = new Set(
  list(`not no never none nobody nothing nowhere neither nor without cannot lack lacks lacking hardly barely except unless
  instead rather avoid stop prevent`),
);

const NUMBERS =
  list(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty`);
const TENS = { thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
const ORDINALS = list('zeroth first second third fourth fifth sixth seventh eighth ninth tenth');
const LARGE = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  dozen: 12,
  half: 0.5,
  twice: 2,
};

/** Words that are numbers. `one` alone is not: it is more often a pronoun. */
export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map([
  ...NUMBERS.flatMap((word, value) => (word === 'one' ? [] : [[word, String(value)] as const])),
  ...Object.entries({ ...TENS, ...LARGE }).flatMap(([word, value]) => [
    [word, String(value)] as const,
    [`${word}s`, String(value)] as const,
  ]),
  ...ORDINALS.map((word, value) => [word, `${value}.`] as const),
]);

/** Words that name a time. */
export const TIMES = stems(`
  january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct
  nov dec monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight week month year day hour
  minute decade century morning noon afternoon evening night midnight weekend quarter spring summer autumn fall winter`);

/** A pair in which one word says the opposite of the other. */
const OPPOSITES = list(`
  increase/decrease increase/reduce raise/lower rise/fall grow/shrink gain/lose add/remove add/subtract add/delete create/delete
  create/destroy open/close start/stop start/end start/finish begin/end enable/disable allow/forbid allow/deny allow/block
  accept/reject accept/refuse include/exclude import/export upload/download send/receive buy/sell lend/borrow push/pull
  install/uninstall connect/disconnect lock/unlock log/unlock encrypt/decrypt compress/decompress encode/decode attach/detach
  expand/collapse show/hide maximum/minimum max/min more/less most/least more/fewer many/few high/low higher/lower highest/lowest
  big/small bigger/smaller large/small larger/smaller largest/smallest long/short longer/shorter tall/short wide/narrow
  thick/thin deep/shallow heavy/light fast/slow faster/slower early/late earlier/later before/after old/new old/young older/newer
  first/last next/previous up/down left/right front/back above/below over/under inside/outside in/out on/off north/south
  east/west hot/cold warm/cool wet/dry hard/soft hard/easy difficult/easy strong/weak rich/poor cheap/expensive good/bad
  better/worse best/worst right/wrong true/false correct/incorrect safe/dangerous legal/illegal possible/impossible
  positive/negative public/private male/female man/woman men/women boy/girl husband/wife father/mother son/daughter brother/sister
  win/lose pass/fail success/failure love/hate like/dislike agree/disagree advantage/disadvantage pro/con pros/cons
  benefit/drawback strength/weakness profit/loss asset/liability debit/credit input/output read/write client/server
  sunrise/sunset alive/dead live/die birth/death marry/divorce hire/fire employ/dismiss arrive/leave enter/leave enter/exit
  remember/forget find/lose build/destroy fill/empty full/empty all/none always/never everyone/nobody with/without
  vegetarian/vegan even/odd ascending/descending horizontal/vertical absolute/relative internal/external domestic/foreign
  single/married single/double senior/junior major/minor upper/lower front-end/back-end`);

/** By stem: the stems that say its opposite. */
export const OPPOSITES_OF: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const of = new Map<string, Set<string>>();
  const add = (word: string, other: string): void => void of.set(word, (of.get(word) ?? new Set()).add(other));
  for (const pair of OPPOSITES) {
    const [one = '', other = ''] = pair.split('/').map(stemOf);
    add(one, other);
    add(other, one);
  }
  return of;
})();
