import { useSearchParams } from 'react-router';
import { requestsTexts } from '../../texts/requests';

export type FilterName = keyof typeof requestsTexts.fields;
export const FILTERS = Object.keys(requestsTexts.fields) as FilterName[];
const TAG = 'tag.';

export interface Filter {
  /** `team`, or `tag.<key>`. */
  readonly name: string;
  readonly value: string;
}

/** The filters of the explorer, which live in the URL. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const filters = [...search].flatMap(([name, value]) => (isFilter(name) ? [{ name, value }] : []));
  const change = (edit: (next: URLSearchParams) => void): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      edit(next);
      return next;
    });
  return {
    filters,
    q: search.get('q') ?? '',
    set: (name: string, value: string | null): void =>
      change((next) => (value === null || value === '' ? next.delete(name) : next.set(name, value))),
    clear: (): void =>
      change((next) => {
        for (const { name } of filters) next.delete(name);
        next.delete('q');
      }),
  };
}

export function labelOf(name: string): string {
  return name.startsWith(TAG) ? name : requestsTexts.fields[name as FilterName];
}

function isFilter(name: string): boolean {
  return name.startsWith(TAG) || (FILTERS as readonly string[]).includes(name);
}
