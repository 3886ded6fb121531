const ATTRIBUTES = ['model', 'team', 'service', 'agent', 'surface'];
const ENTRIES_MAX = 50;
const CHARS_MAX = 200;
const TAGS_MAX = 20;

/** Says what is wrong with the conditions of a rule; undefined when nothing is. The form is that of routing's `When`. */
export function whenFlaw(value: unknown): string | undefined {
  if (!isObject(value)) return 'must be an object';
  for (const [name, condition] of Object.entries(value)) {
    if (name === 'tags') {
      const flaw = tagsFlaw(condition);
      if (flaw) return flaw;
    } else if (!ATTRIBUTES.includes(name)) {
      return `must not have ${JSON.stringify(name.slice(0, 40))}; it may have ${ATTRIBUTES.join(', ')} and tags`;
    } else if (!isCondition(condition)) {
      return `${name} ${CONDITION}`;
    }
  }
  return undefined;
}

const CONDITION = `must be a text of 1–${CHARS_MAX} characters or a list of 1–${ENTRIES_MAX} of them`;

function tagsFlaw(tags: unknown): string | undefined {
  if (!isObject(tags) || Object.keys(tags).length > TAGS_MAX)
    return `tags must be an object with at most ${TAGS_MAX} tags`;
  const wrong = Object.entries(tags).find(([name, condition]) => !isText(name) || !isCondition(condition));
  return wrong && `tags: ${JSON.stringify(wrong[0].slice(0, 40))} ${CONDITION}`;
}

function isCondition(value: unknown): boolean {
  if (!Array.isArray(value)) return isText(value);
  return value.length > 0 && value.length <= ENTRIES_MAX && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= CHARS_MAX;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
