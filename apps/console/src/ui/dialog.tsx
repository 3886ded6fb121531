import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Primitive } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { uiTexts } from '../texts/ui';
import { Button, IconButton } from './button';
import { CopyButton } from './copy';
import { cx } from './cx';
import styles from './dialog.module.css';
import { Form, FormButtons } from './form';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** `side`: a panel at the right edge, for details of a row. */
  readonly shape?: 'narrow' | 'wide' | 'side';
}

/** Something to be done before going on. Escape, the scrim and the cross close it; the focus goes back to where it was. */
export function Dialog({ open, onClose, title, description, children, shape = 'narrow' }: DialogProps) {
  const popup = (
    <Primitive.Popup className={cx(styles['popup'], shape !== 'narrow' && styles[shape])}>
      <div className={styles['head']}>
        <div>
          <Primitive.Title className={styles['title']}>{title}</Primitive.Title>
          {description !== undefined && (
            <Primitive.Description className={styles['description']}>{description}</Primitive.Description>
          )}
        </div>
        <Primitive.Close render={<IconButton small label={uiTexts.close} icon={X} />} />
      </div>
      {children}
    </Primitive.Popup>
  );
  return (
    <Primitive.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Primitive.Portal>
        <Primitive.Backdrop className={styles['scrim']} />
        <Primitive.Viewport className={styles['viewport']}>{popup}</Primitive.Viewport>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Asks before something that cannot be taken back. `confirm` does it; a problem is shown in the dialog, which then stays. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  action,
  confirm,
  onDone,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What it does to whom. */
  readonly children: ReactNode;
  readonly action: string;
  readonly confirm: () => Promise<unknown>;
  readonly onDone?: () => void;
}) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles['scrim']} />
        <AlertDialog.Viewport className={styles['viewport']}>
          <AlertDialog.Popup className={styles['popup']}>
            <div>
              <AlertDialog.Title className={styles['title']}>{title}</AlertDialog.Title>
              <AlertDialog.Description className={styles['description']} render={<div />}>
                {children}
              </AlertDialog.Description>
            </div>
            <Form
              dangerous
              action={action}
              onCancel={onClose}
              submit={confirm}
              onDone={() => {
                onDone?.();
                onClose();
              }}
            >
              {null}
            </Form>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

export interface Secret {
  readonly label: string;
  readonly value: string;
}

/** Shows secrets that cannot be seen again. Only its button closes it: a slip of the hand must not lose them. */
export function SecretDialog({
  title,
  secrets,
  onClose,
  children,
}: {
  readonly title: string;
  /** Null: it is closed. */
  readonly secrets: readonly Secret[] | null;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  return (
    <AlertDialog.Root open={secrets !== null}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles['scrim']} />
        <AlertDialog.Viewport className={styles['viewport']}>
          <AlertDialog.Popup className={styles['popup']}>
            <div>
              <AlertDialog.Title className={styles['title']}>{title}</AlertDialog.Title>
              <AlertDialog.Description className={styles['description']}>{uiTexts.secretOnce}</AlertDialog.Description>
            </div>
            {secrets?.map(({ label, value }) => (
              <div key={label}>
                <p className={styles['caption']}>{label}</p>
                <div className={styles['secret']}>
                  <code>{value}</code>
                  <CopyButton text={value} label={`${uiTexts.copy}: ${label}`} />
                </div>
              </div>
            ))}
            {children}
            <FormButtons>
              <Button kind="primary" onClick={onClose}>
                {uiTexts.secretKept}
              </Button>
            </FormButtons>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
