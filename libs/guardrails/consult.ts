import type { Author, Outside } from './check.js';
import { type Located, locate } from './inspect.js';
import type { FoundOutside } from './inspect-json.js';
import type { ActiveCheck, Prepared } from './policy.js';
import { walk } from './walk.js';

/** How long a service may take where its check does not say, milliseconds. */
const TIMEOUT_MS = 3_000;
/** Texts of one request or answer that are sent out; the rest is taken as not inspected, which is a failure. */
const TEXTS_MAX = 1_000;
/** Members that name things and are not prose. */
const NAMES =
  /\.(?:role|type|model|id|name|finish_reason|index|mediaType|media_type|dialect|raw|reason|tool_call_id|call_id|signature|encrypted)$/;

interface Text {
  readonly at: string;
  readonly text: string;
}

/** Whether any of the checks asks a service. */
export const asksServices = (active: readonly ActiveCheck[]): boolean =>
  active.some(({ run }) => run.kind === 'external');

/**
 * Asks all services side by side about the texts of a request or an answer. Takes as long as the slowest, at most its deadline;
 * never rejects: a service that fails is a finding, which blocks or only tells as its check says.
 */
export async function consult(
  value: unknown,
  active: readonly ActiveCheck[],
  at: string,
  {
    outside,
    signal,
    author = 'user',
  }: { readonly outside: Outside; readonly signal: AbortSignal; readonly author?: Author },
): Promise<FoundOutside> {
  const texts = textsOf(value, at, author);
  const found = new Map<string, Located[]>();
  if (texts.length === 0) return found;
  await Promise.all(
    active.map(async (each) => {
      if (each.run.kind !== 'external') return;
      for (const { at: path, located } of await ask(each, each.run, texts, outside, signal)) {
        const others = found.get(path);
        if (others) others.push(located);
        else found.set(path, [located]);
      }
    }),
  );
  return found;
}

function textsOf(value: unknown, at: string, author: Author): readonly Text[] {
  const texts: Text[] = [];
  walk(value, at, author, (text, path) => {
    if (!NAMES.test(path) && !path.includes('{name}')) texts.push({ at: path, text });
    return text;
  });
  return texts;
}

async function ask(
  active: ActiveCheck,
  { consult: prepared }: Extract<Prepared, { kind: 'external' }>,
  texts: readonly Text[],
  outside: Outside,
  signal: AbortSignal,
): Promise<readonly { readonly at: string; readonly located: Located }[]> {
  const timeoutMs = (active.config['timeoutMs'] as number | undefined) ?? TIMEOUT_MS;
  const [first] = texts as readonly [Text, ...Text[]];
  try {
    if (texts.length > TEXTS_MAX) throw new RangeError(`more than ${TEXTS_MAX} texts`);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const verdicts = await orAborted(
      prepared(
        texts.map(({ text }) => text),
        outside,
        deadline,
      ),
      deadline,
    );
    return verdicts.flatMap(({ text: index, ...finding }) => {
      const text = texts[index];
      return text ? [{ at: text.at, located: locate(finding, active, text.at) }] : [];
    });
  } catch {
    return [{ at: first.at, located: unavailable(active, first.at) }];
  }
}

/** What a service that gave no answer means: as the check says, else a check that blocks blocks and another one only tells. */
function unavailable(active: ActiveCheck, at: string): Located {
  const { action, onError = action === 'block' ? 'block' : 'allow' } = active.config;
  const located = locate({ rule: 'unavailable', start: 0, end: 0, confidence: 1 }, active, at);
  return { ...located, record: { ...located.record, action: onError === 'block' ? 'block' : 'flag' } };
}

/** A service that does not heed its signal is not waited for. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
