import { type ReactNode, useEffect, useId } from 'react';
import styles from './page.module.css';

/** One page: its name (also of the browser's tab), a line about it, what can be done on it, and the rest. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Tollgate`;
  }, [title]);
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <div>
          <h1 className={styles['title']}>{title}</h1>
          {about !== undefined && <p className={styles['about']}>{about}</p>}
        </div>
        {actions && <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/**
 * A card with a heading. `flush`: its content, such as a table, goes to its edges. `toolbar`: controls in the heading's place,
 * which then is there for those who do not see it.
 */
export function Section({
  title,
  actions,
  toolbar,
  flush = false,
  children,
}: {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly toolbar?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={styles['section']} aria-labelledby={heading}>
      <div className={styles['sectionHead']}>
        <h2 id={heading} className={toolbar === undefined ? styles['sectionTitle'] : 'visually-hidden'}>
          {title}
        </h2>
        {toolbar}
        {actions}
      </div>
      <div className={styles[flush ? 'flush' : 'body']}>{children}</div>
    </section>
  );
}

/** Cards beside each other while each has `minPx` of width. */
export function Grid({ minPx, children }: { readonly minPx: number; readonly children: ReactNode }) {
  return (
    <div className={styles['grid']} style={{ ['--grid-min' as string]: `${minPx}px` }}>
      {children}
    </div>
  );
}

export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
}

/** The few figures of a page, beside each other. */
export function Stats({ stats, label }: { readonly stats: readonly StatProps[]; readonly label: string }) {
  return (
    <dl className={`${styles['section']} ${styles['stats']}`} aria-label={label}>
      {stats.map(({ label, value, hint }) => (
        <div key={label} className={styles['stat']}>
          <dt className={styles['statLabel']}>{label}</dt>
          <dd className={styles['statValue']}>{value}</dd>
          {hint !== undefined && <dd className={styles['statHint']}>{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Names and values. A value that is null is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
