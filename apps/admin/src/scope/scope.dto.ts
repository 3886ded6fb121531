import { CheckedField, ReferenceOrEachField, TextField } from '../http/fields.js';

const TAGS_MAX = 10;
const TAG_CHARS_MAX = 200;

/** Which calls something binds: those that have every attribute named. `*` = any value, each counted on its own. */
export class ScopeBody {
  @ReferenceOrEachField({ optional: true, about: 'Slug, id or `*`; binds the teams below too' })
  team?: string;

  @ReferenceOrEachField({ optional: true, about: 'Slug, id or `*`' })
  service?: string;

  @TextField({ max: 200, optional: true, about: 'Name of an agent, or `*`' })
  agent?: string;

  @TextField({ max: 200, optional: true, about: 'An end user, or `*`' })
  user?: string;

  @ReferenceOrEachField({ optional: true, about: 'Slug, id or `*`' })
  model?: string;

  @ReferenceOrEachField({ optional: true, about: 'Slug, id or `*`' })
  route?: string;

  @CheckedField(
    tagsFlaw,
    { type: 'object', additionalProperties: { type: 'string' } },
    { optional: true, about: 'Values of tags, or `*`' },
  )
  tags?: Record<string, string>;
}

function tagsFlaw(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const entries = Object.entries(value);
  if (entries.length > TAGS_MAX) return `must have at most ${TAGS_MAX} tags`;
  return entries.flat().every((each) => typeof each === 'string' && each.length > 0 && each.length <= TAG_CHARS_MAX)
    ? undefined
    : `must have names and values of 1–${TAG_CHARS_MAX} characters`;
}
