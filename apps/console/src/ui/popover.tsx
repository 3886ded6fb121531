import { Popover as Primitive } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx';
import styles from './popup.module.css';

/** A small panel at `trigger`, a button. `label` names it for those who do not see it. */
export function Popover({
  trigger,
  label,
  open,
  onOpenChange,
  children,
}: {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <Primitive.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Primitive.Trigger render={trigger} />
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={4} align="start" className={styles['positioner']}>
          <Primitive.Popup aria-label={label} className={cx(styles['popup'], styles['panel'])}>
            {children}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
