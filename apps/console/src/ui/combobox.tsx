import { Combobox as Primitive } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { uiTexts } from '../texts/ui';
import { Field, type FieldProps } from './field';
import styles from './field.module.css';
import popup from './popup.module.css';
import type { Option } from './select';

interface ComboboxProps {
  readonly options: readonly Option<string>[];
  readonly value?: string | null;
  readonly defaultValue?: string | null;
  readonly onChange?: (value: string | null) => void;
  readonly placeholder?: string;
}

/** One of many, found by typing part of it. Null: none. `label` names it where no field does. */
export function Combobox({
  options,
  value,
  defaultValue,
  onChange,
  placeholder,
  label,
}: ComboboxProps & { readonly label?: string }) {
  const optionOf = (wanted: string | null): Option<string> | null =>
    wanted === null ? null : (options.find((option) => option.value === wanted) ?? { value: wanted, label: wanted });
  return (
    <Primitive.Root<Option<string>>
      items={options as Option<string>[]}
      isItemEqualToValue={(item, selected) => item.value === selected.value}
      {...(value !== undefined && { value: optionOf(value) })}
      {...(defaultValue !== undefined && { defaultValue: optionOf(defaultValue) })}
      onValueChange={(chosen) => onChange?.(chosen?.value ?? null)}
    >
      <Primitive.InputGroup className={styles['combo']}>
        <Primitive.Input className={styles['control']} placeholder={placeholder} aria-label={label} />
        <Primitive.Trigger aria-label={uiTexts.showChoices}>
          <ChevronDown size={14} aria-hidden />
        </Primitive.Trigger>
      </Primitive.InputGroup>
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={4} className={popup['positioner']}>
          <Primitive.Popup className={popup['popup']}>
            <Primitive.Empty className={popup['empty']}>{uiTexts.nothingFits}</Primitive.Empty>
            <Primitive.List>
              {(option: Option<string>) => (
                <Primitive.Item key={option.value} value={option} className={popup['item']}>
                  <span className={popup['text']}>{option.label}</span>
                  {option.hint !== undefined && <span className={popup['hint']}>{option.hint}</span>}
                  <Primitive.ItemIndicator>
                    <Check className={popup['check']} aria-hidden />
                  </Primitive.ItemIndicator>
                </Primitive.Item>
              )}
            </Primitive.List>
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function ComboboxField({ name, label, description, optional, ...combobox }: FieldProps & ComboboxProps) {
  return (
    <Field {...{ name, label }} {...(description !== undefined && { description })} {...(optional && { optional })}>
      <Combobox {...combobox} />
    </Field>
  );
}
