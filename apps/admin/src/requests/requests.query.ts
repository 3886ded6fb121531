import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { DECISIONS, type Decision } from '#libs/ledger';
import { ChoiceField, TextField } from '../http/fields.js';
import { MomentField } from '../http/instant.js';
import { ListQuery } from '../http/list.js';
import { invalidField, validationPipe } from '../http/validation.js';

const SLUG_CHARS = 200;

/** Query of the request log. Beside these, any `tag.<key>=<value>`. */
export class RequestsQuery extends ListQuery {
  @TextField({ max: SLUG_CHARS, optional: true, about: 'Slug' })
  team?: string;

  @TextField({ max: SLUG_CHARS, optional: true, about: 'Slug' })
  service?: string;

  @TextField({ max: SLUG_CHARS, optional: true })
  agent?: string;

  @TextField({ max: SLUG_CHARS, optional: true, about: 'Slug of the model that answered' })
  model?: string;

  @TextField({ max: SLUG_CHARS, optional: true })
  provider?: string;

  @TextField({ max: SLUG_CHARS, optional: true, about: 'Slug' })
  route?: string;

  @TextField({ max: SLUG_CHARS, optional: true })
  session?: string;

  @TextField({ max: SLUG_CHARS, optional: true })
  endUser?: string;

  @TextField({
    max: SLUG_CHARS + 10,
    optional: true,
    about: 'On whose behalf: kind and name',
    example: 'member:ada@acme.example',
  })
  subject?: string;

  @ChoiceField(['hit', 'semantic-hit', 'miss', 'bypass'], {
    optional: true,
    about: '`miss` was looked for and not found, `bypass` not looked for',
  })
  cache?: string;

  @TextField({
    max: 3,
    pattern: /^[1-5](\d\d|xx)$/,
    optional: true,
    about: 'HTTP status, or a class of them',
    example: '4xx',
  })
  status?: string;

  @ChoiceField(Object.keys(DECISIONS), { optional: true, about: 'What a policy decided of it' })
  decision?: Decision;

  @MomentField('Requests that arrived at this moment or later')
  from?: string;

  @MomentField('Requests that arrived before this moment')
  to?: string;

  @TextField({ max: 200, optional: true, about: 'Part of an id, session, end user, subject, requested model or error' })
  q?: string;
}

export interface RequestsFilter {
  readonly query: RequestsQuery;
  readonly tags: Readonly<Record<string, string>>;
}

const TAG = 'tag.';
const TAGS_MAX = 10;

/** Takes the tags, whose names are the caller's, out of the query, and checks the rest as any other query. */
@Injectable()
export class RequestsFilterPipe implements PipeTransform<Readonly<Record<string, unknown>>, Promise<RequestsFilter>> {
  private readonly validation = validationPipe();

  async transform(raw: Readonly<Record<string, unknown>>, { type }: ArgumentMetadata): Promise<RequestsFilter> {
    const entries = Object.entries(raw);
    const tags = entries.filter(([name]) => name.startsWith(TAG));
    const rest = entries.filter(([name]) => !name.startsWith(TAG));
    for (const [name, value] of entries) requireStorable(name, value);
    if (tags.length > TAGS_MAX) throw invalidField(TAG, `at most ${TAGS_MAX} tags`);
    return {
      query: await this.validation.transform(Object.fromEntries(rest), { type, metatype: RequestsQuery }),
      tags: Object.fromEntries(tags.map(([name, value]) => [name.slice(TAG.length), tagValue(name, value)])),
    };
  }
}

function tagValue(name: string, value: unknown): string {
  if (typeof value !== 'string' || value.length > SLUG_CHARS) throw invalidField(name, 'must be one text');
  return value;
}

/** Postgres has no U+0000 in any text, so nothing can match it. */
function requireStorable(name: string, value: unknown): void {
  if (`${name}${value}`.includes('\0')) throw invalidField(name.replaceAll('\0', ''), 'must not contain U+0000');
}
