import { Form as Primitive } from '@base-ui/react/form';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useMemo } from 'react';
import { asProblem, type Problem } from '../api/problem';
import { uiTexts } from '../texts/ui';
import { Button } from './button';
import styles from './field.module.css';
import { ProblemNote } from './problem-note';

/** What was typed, by the names of the fields; empty fields are left out. */
export type FormValues = Readonly<Record<string, string>>;

/**
 * A form that sends what was typed by `submit`. What the API says of a field is shown at the field of that name (`prices.inputPerMillion`
 * too), everything else above the button; what was typed stays.
 */
export function Form<Answer>({
  submit,
  onDone,
  action,
  onCancel,
  dangerous = false,
  children,
}: {
  readonly submit: (values: FormValues) => Promise<Answer>;
  readonly onDone?: (answer: Answer) => void;
  /** What the button says: a verb. */
  readonly action: string;
  readonly onCancel?: () => void;
  readonly dangerous?: boolean;
  readonly children: ReactNode;
}) {
  const sending = useMutation({ mutationFn: submit, ...(onDone && { onSuccess: onDone }) });
  const problem = sending.error ? asProblem(sending.error) : null;
  const errors = useMemo(() => ({ ...problem?.fields }), [problem?.fields]);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!sending.isPending) sending.mutate(valuesOf(event.currentTarget));
  };
  return (
    <Primitive className={styles['form']} errors={errors} onSubmit={send}>
      {children}
      {problem && <ProblemNote problem={problem} besides={namesOf(errors)} />}
      <FormButtons>
        {onCancel && <Button onClick={onCancel}>{uiTexts.cancel}</Button>}
        <Button type="submit" kind={dangerous ? 'danger' : 'primary'} busy={sending.isPending}>
          {action}
        </Button>
      </FormButtons>
    </Primitive>
  );
}

export function FormButtons({ children }: { readonly children: ReactNode }) {
  return <div className={styles['buttons']}>{children}</div>;
}

function valuesOf(form: HTMLFormElement): FormValues {
  const entries = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

const namesOf = (errors: Problem['fields']): readonly string[] => Object.keys(errors);
