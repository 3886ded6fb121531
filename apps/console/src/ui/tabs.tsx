import { Tabs as Primitive } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export interface Tab {
  readonly value: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Several views, one at a time. Only the chosen one exists. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
}: {
  readonly tabs: readonly Tab[];
  readonly value?: string;
  readonly onChange?: (value: string) => void;
  readonly label: string;
}) {
  return (
    <Primitive.Root
      {...(value === undefined ? { defaultValue: tabs[0]?.value } : { value })}
      onValueChange={(chosen: string) => onChange?.(chosen)}
    >
      <Primitive.List className={styles['list']} aria-label={label}>
        {tabs.map(({ value, label }) => (
          <Primitive.Tab key={value} value={value} className={styles['tab']}>
            {label}
          </Primitive.Tab>
        ))}
      </Primitive.List>
      {tabs.map(({ value, content }) => (
        <Primitive.Panel key={value} value={value} className={styles['panel']}>
          {content}
        </Primitive.Panel>
      ))}
    </Primitive.Root>
  );
}
