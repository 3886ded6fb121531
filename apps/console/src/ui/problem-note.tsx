import { CircleAlert } from 'lucide-react';
import type { Problem } from '../api/problem';
import { uiTexts } from '../texts/ui';
import styles from './states.module.css';

/** What went wrong, beside what the person was doing. `besides`: fields whose errors are shown at the fields themselves. */
export function ProblemNote({
  problem,
  besides = [],
}: {
  readonly problem: Problem;
  readonly besides?: readonly string[];
}) {
  const elsewhere = Object.entries(problem.fields).filter(([field]) => !besides.includes(field) || !isShown(field));
  return (
    <div role="alert" className={styles['note']}>
      <CircleAlert size={16} aria-hidden />
      <div>
        <p>{problem.detail}</p>
        {elsewhere.length > 0 && (
          <ul>
            {elsewhere.map(([field, message]) => (
              <li key={field}>
                <code>{field}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {problem.requestId !== null && <p className={styles['faint']}>{uiTexts.requestId(problem.requestId)}</p>}
      </div>
    </div>
  );
}

/** Whether a field of this name is on the page, so that its error is seen there. */
function isShown(field: string): boolean {
  return document.getElementsByName(field).length > 0;
}
