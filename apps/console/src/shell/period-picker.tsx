import { CalendarRange } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { formatMoment } from '../format/time';
import { shellTexts } from '../texts/shell';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { Popover } from '../ui/popover';
import { PERIODS, type PeriodName, usePeriod } from './period';
import styles from './period-picker.module.css';

/** Chooses the time that the page is about. It is in the URL: a link shows the same to a colleague. */
export function PeriodPicker({ fallback = '24h' }: { readonly fallback?: PeriodName }) {
  const [open, setOpen] = useState(false);
  const [, setSearch] = useSearchParams();
  const period = usePeriod(fallback);
  const { from, to } = period.range();
  const choose = (values: Readonly<Record<string, string>>): void => {
    setOpen(false);
    setSearch((search) => {
      const next = new URLSearchParams(search);
      for (const name of ['period', 'from', 'to', 'cursor']) next.delete(name);
      for (const [name, value] of Object.entries(values)) next.set(name, value);
      return next;
    });
  };
  const label =
    period.name === 'custom' ? `${formatMoment(from)} – ${formatMoment(to)}` : shellTexts.periods[period.name];
  const trigger = (
    <Button icon={CalendarRange} aria-label={`${shellTexts.period}: ${label}`}>
      {label}
    </Button>
  );
  return (
    <Popover trigger={trigger} label={shellTexts.period} open={open} onOpenChange={setOpen}>
      <div className={styles['choices']}>
        {PERIODS.map((name) => (
          <button
            key={name}
            type="button"
            className={styles['choice']}
            aria-pressed={name === period.name}
            onClick={() => choose({ period: name })}
          >
            {shellTexts.periods[name]}
          </button>
        ))}
      </div>
      <form className={styles['custom']} onSubmit={(event) => choose(customOf(event))}>
        <TextField name="from" label={shellTexts.from} type="datetime-local" defaultValue={local(from)} />
        <TextField name="to" label={shellTexts.to} type="datetime-local" defaultValue={local(to)} />
        <Button type="submit">{shellTexts.apply}</Button>
      </form>
    </Popover>
  );
}

function customOf(event: FormEvent<HTMLFormElement>): Readonly<Record<string, string>> {
  event.preventDefault();
  const typed = new FormData(event.currentTarget);
  return {
    from: new Date(String(typed.get('from'))).toISOString(),
    to: new Date(String(typed.get('to'))).toISOString(),
  };
}

/** As an input of type datetime-local has it: in the browser's time zone, without saying so. */
function local(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
