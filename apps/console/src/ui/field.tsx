import { Checkbox } from '@base-ui/react/checkbox';
import { Field as Primitive } from '@base-ui/react/field';
import { Switch as SwitchPrimitive } from '@base-ui/react/switch';
import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { uiTexts } from '../texts/ui';
import { cx } from './cx';
import styles from './field.module.css';

export interface FieldProps {
  /** As the API names the field: an error of the API finds it by this name. */
  readonly name: string;
  readonly label: string;
  readonly description?: ReactNode;
  readonly optional?: boolean;
}

/** Label, control, help and error of one field. The error comes from the form it is in. */
export function Field({ name, label, description, optional, children }: FieldProps & { readonly children: ReactNode }) {
  return (
    <Primitive.Root name={name} className={styles['field']}>
      <Primitive.Label className={styles['label']}>
        {label}
        {optional && <span className={styles['optional']}>{uiTexts.optional}</span>}
      </Primitive.Label>
      {children}
      {description !== undefined && (
        <Primitive.Description className={styles['description']}>{description}</Primitive.Description>
      )}
      <Primitive.Error className={styles['error']} />
    </Primitive.Root>
  );
}

type TextFieldProps = FieldProps & Omit<ComponentProps<typeof Primitive.Control>, 'className' | 'name'>;

export function TextField({ name, label, description, optional, ...control }: TextFieldProps) {
  return (
    <Field {...{ name, label }} {...(description !== undefined && { description })} {...(optional && { optional })}>
      <Primitive.Control
        autoComplete="off"
        {...control}
        className={styles['control']}
        required={control.required ?? !optional}
      />
    </Field>
  );
}

type TextAreaProps = FieldProps &
  Omit<ComponentProps<'textarea'>, 'className' | 'name'> & {
    /** Code rather than prose. */
    readonly code?: boolean;
  };

export function TextAreaField({ name, label, description, optional, code = false, ...control }: TextAreaProps) {
  return (
    <Field {...{ name, label }} {...(description !== undefined && { description })} {...(optional && { optional })}>
      <Primitive.Control
        className={cx(styles['control'], code && styles['code'])}
        render={<textarea rows={4} spellCheck={!code} {...control} required={control.required ?? !optional} />}
      />
    </Field>
  );
}

interface BooleanProps extends Omit<FieldProps, 'optional'> {
  readonly checked?: boolean;
  readonly defaultChecked?: boolean;
  readonly onChange?: (checked: boolean) => void;
}

export function CheckboxField({ name, label, description, onChange, ...state }: BooleanProps) {
  return (
    <Primitive.Root name={name} className={styles['field']}>
      <Primitive.Label className={styles['check']}>
        <Checkbox.Root className={styles['box']} {...state} {...(onChange && { onCheckedChange: onChange })}>
          <Checkbox.Indicator>
            <Check size={12} strokeWidth={3} aria-hidden />
          </Checkbox.Indicator>
        </Checkbox.Root>
        <span>{label}</span>
      </Primitive.Label>
      {description !== undefined && (
        <Primitive.Description className={styles['description']}>{description}</Primitive.Description>
      )}
      <Primitive.Error className={styles['error']} />
    </Primitive.Root>
  );
}

/** Something that is on or off at once, without a form to be sent. */
export function SwitchField({ name, label, description, onChange, ...state }: BooleanProps) {
  return (
    <Primitive.Root name={name} className={styles['field']}>
      <Primitive.Label className={styles['check']}>
        <SwitchPrimitive.Root className={styles['switch']} {...state} {...(onChange && { onCheckedChange: onChange })}>
          <SwitchPrimitive.Thumb className={styles['thumb']} />
        </SwitchPrimitive.Root>
        <span>{label}</span>
      </Primitive.Label>
      {description !== undefined && (
        <Primitive.Description className={styles['description']}>{description}</Primitive.Description>
      )}
    </Primitive.Root>
  );
}

/** Fields beside each other where there is room. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>;
}
