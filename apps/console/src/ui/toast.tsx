import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { asProblem } from '../api/problem';
import { uiTexts } from '../texts/ui';
import { IconButton } from './button';
import styles from './toast.module.css';

const manager = Toast.createToastManager();

/** Says in passing that something is done. What needs an answer, or must not be missed, is no toast. */
export function toastDone(title: string, description?: string): void {
  manager.add({ title, type: 'done', ...(description !== undefined && { description }) });
}

/** Says that something failed which has no place on the page where that could be shown. */
export function toastFailed(cause: unknown): void {
  manager.add({ title: uiTexts.failed, description: asProblem(cause).detail, type: 'failed', priority: 'high' });
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} timeout={6_000}>
      <Toast.Portal>
        <Toast.Viewport className={styles['viewport']} aria-label={uiTexts.notifications}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles['toast']}>
      <Toast.Content className={styles['content']}>
        {toast.type === 'failed' ? (
          <CircleAlert size={16} className={styles['failed']} aria-hidden />
        ) : (
          <CircleCheck size={16} className={styles['done']} aria-hidden />
        )}
        <div className={styles['text']}>
          <Toast.Title className={styles['title']} />
          <Toast.Description />
        </div>
        <Toast.Close render={<IconButton small label={uiTexts.close} icon={X} />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
