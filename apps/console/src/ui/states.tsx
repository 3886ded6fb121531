import { CircleAlert, Compass, Inbox, Lock, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { uiTexts } from '../texts/ui';
import { Button } from './button';
import styles from './states.module.css';

/** Nothing is there yet: says what would be, and how it comes about. */
export function Empty({
  icon = Inbox,
  title,
  children,
  actions,
}: {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return <State {...{ icon, title, actions }}>{children}</State>;
}

/** What was asked for could not be had. Without permission, and where nothing is, it says so rather than "error". */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const problem = asProblem(error);
  if (problem.status === 403) return <Forbidden detail={problem.detail} />;
  if (problem.status === 404) return <NotFound />;
  return (
    <div role="alert">
      <State
        icon={CircleAlert}
        title={uiTexts.failed}
        actions={onRetry && <Button onClick={onRetry}>{uiTexts.tryAgain}</Button>}
      >
        <p>{problem.detail}</p>
        {problem.requestId !== null && <p className={styles['faint']}>{uiTexts.requestId(problem.requestId)}</p>}
      </State>
    </div>
  );
}

/** Here the person may not be: says which permission it takes, and who to ask. */
export function Forbidden({ detail }: { readonly detail?: string }) {
  return (
    <State icon={Lock} title={uiTexts.forbidden}>
      <p>{detail ?? uiTexts.forbiddenDetail}</p>
    </State>
  );
}

export function NotFound() {
  return (
    <State icon={Compass} title={uiTexts.notFound}>
      <p>{uiTexts.notFoundDetail}</p>
    </State>
  );
}

/** Where something is about to be, in about its size. */
export function Loading({ lines = 4, label = uiTexts.loading }: { readonly lines?: number; readonly label?: string }) {
  return (
    <div role="status" className={styles['skeleton']}>
      <b className="visually-hidden">{label}</b>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have nothing else to be told apart by.
        <span key={line} style={{ width: `${[92, 78, 85, 60][line % 4]}%` }} />
      ))}
    </div>
  );
}

function State({
  icon: Icon,
  title,
  children,
  actions,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles['state']}>
      <Icon size={22} aria-hidden />
      <h2>{title}</h2>
      {children}
      {actions && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
