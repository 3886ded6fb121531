import { ListFilter, Search, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { requestsTexts } from '../../texts/requests';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Popover } from '../../ui/popover';
import { Select } from '../../ui/select';
import styles from './filter-bar.module.css';
import { FILTERS, type FilterName, labelOf, useFilters } from './filters';

const STATUS_CHOICES = (['any', '2xx', '4xx', '5xx'] as const).map((value) => ({
  value,
  label: requestsTexts.statuses[value],
}));
type StatusChoice = (typeof STATUS_CHOICES)[number]['value'];

/** Search, status, and one chip per further filter. */
export function FilterBar() {
  const { filters, q, set, clear } = useFilters();
  const status = filters.find(({ name }) => name === 'status')?.value;
  const chosen: StatusChoice = STATUS_CHOICES.find(({ value }) => value === status)?.value ?? 'any';
  const chips = filters.filter(({ name, value }) => name !== 'status' || value !== chosen);
  return (
    <search className={styles['bar']} aria-label={requestsTexts.filters}>
      <form className={styles['search']} onSubmit={(event) => set('q', typed(event, 'q'))}>
        <Search size={14} aria-hidden />
        <input
          key={q}
          name="q"
          type="search"
          defaultValue={q}
          placeholder={requestsTexts.search}
          aria-label={requestsTexts.search}
        />
      </form>
      <div className={styles['status']}>
        <Select
          label={requestsTexts.fields.status}
          options={STATUS_CHOICES}
          value={chosen}
          onChange={(value) => set('status', value === 'any' ? null : value)}
        />
      </div>
      <AddFilter onAdd={set} />
      {chips.map(({ name, value }) => (
        <button
          key={name}
          type="button"
          className={styles['chip']}
          aria-label={requestsTexts.remove(`${labelOf(name)} ${value}`)}
          onClick={() => set(name, null)}
        >
          <span>{labelOf(name)}</span> {value}
          <X size={12} aria-hidden />
        </button>
      ))}
      {(chips.length > 0 || q !== '' || chosen !== 'any') && (
        <Button kind="ghost" onClick={clear}>
          {requestsTexts.clear}
        </Button>
      )}
    </search>
  );
}

function AddFilter({ onAdd }: { readonly onAdd: (name: string, value: string) => void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<FilterName | 'tag'>('service');
  const fields = [
    ...FILTERS.map((value) => ({ value, label: requestsTexts.fields[value] })),
    { value: 'tag' as const, label: 'tag.…' },
  ];
  const add = (event: FormEvent<HTMLFormElement>): void => {
    const value = typed(event, 'value');
    onAdd(name === 'tag' ? `tag.${new FormData(event.currentTarget).get('key')}` : name, value);
    setOpen(false);
  };
  return (
    <Popover
      label={requestsTexts.addFilter}
      open={open}
      onOpenChange={setOpen}
      trigger={<Button icon={ListFilter}>{requestsTexts.addFilter}</Button>}
    >
      <form className={styles['add']} onSubmit={add}>
        <Select label={requestsTexts.field} options={fields} value={name} onChange={setName} />
        {name === 'tag' && <TextField name="key" label="tag" />}
        <TextField
          name="value"
          label={requestsTexts.value}
          description={name === 'status' ? requestsTexts.valueAbout.status : requestsTexts.valueAbout.tag}
        />
        <Button type="submit" kind="primary">
          {requestsTexts.apply}
        </Button>
      </form>
    </Popover>
  );
}

function typed(event: FormEvent<HTMLFormElement>, name: string): string {
  event.preventDefault();
  return String(new FormData(event.currentTarget).get(name) ?? '').trim();
}
