import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { cx } from './cx';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info' | 'accent';

/** A short word about something's state. The word says it; the colour only helps. */
export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={cx(styles['badge'], styles[tone])}>{children}</span>;
}

/** As a badge, for dense rows: a dot before the word. */
export function Dot({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles['dotted']}>
      <span className={cx(styles['dot'], styles[tone])} aria-hidden />
      {children}
    </span>
  );
}

/** The tone of an HTTP status. */
export function statusTone(status: number): Tone {
  if (status >= 500) return 'bad';
  if (status >= 400) return 'warn';
  return 'good';
}
