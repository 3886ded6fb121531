import { Select as Primitive } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { cx } from './cx';
import { Field, type FieldProps } from './field';
import styles from './field.module.css';
import popup from './popup.module.css';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

interface SelectProps<Value extends string> {
  readonly options: readonly Option<Value>[];
  readonly value?: Value | null;
  readonly defaultValue?: Value | null;
  readonly onChange?: (value: Value) => void;
  readonly placeholder?: string;
}

/** One of a few known values. For many, or ones to be searched, {@link Combobox}. `label` names it where no field does. */
export function Select<Value extends string>({
  options,
  onChange,
  placeholder,
  label,
  ...state
}: SelectProps<Value> & { readonly label?: string }) {
  return (
    <Primitive.Root
      items={options as { value: Value; label: string }[]}
      {...state}
      onValueChange={(value) => value !== null && onChange?.(value as Value)}
    >
      <Primitive.Trigger className={cx(styles['control'], styles['trigger'])} aria-label={label}>
        <Primitive.Value className={styles['value']} placeholder={placeholder} />
        <ChevronDown size={14} aria-hidden />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={4} alignItemWithTrigger={false} className={popup['positioner']}>
          <Primitive.Popup className={popup['popup']}>
            {options.map(({ value, label, hint }) => (
              <Primitive.Item key={value} value={value} className={popup['item']}>
                <Primitive.ItemText className={popup['text']}>{label}</Primitive.ItemText>
                {hint !== undefined && <span className={popup['hint']}>{hint}</span>}
                <Primitive.ItemIndicator>
                  <Check className={popup['check']} aria-hidden />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function SelectField<Value extends string>({
  name,
  label,
  description,
  optional,
  ...select
}: FieldProps & SelectProps<Value>) {
  return (
    <Field {...{ name, label }} {...(description !== undefined && { description })} {...(optional && { optional })}>
      <Select {...select} />
    </Field>
  );
}
