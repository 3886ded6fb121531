import { Tooltip as Primitive } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import styles from './popup.module.css';

/** Says more about `children` on hover and focus. For what can be done without: touch screens do not show it. */
export function Tooltip({ text, children }: { readonly text: ReactNode; readonly children: ReactElement }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger render={children} />
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={6} className={styles['positioner']}>
          <Primitive.Popup className={styles['tooltip']}>{text}</Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** One for the whole console: the second tooltip in a row opens at once. */
export const TooltipProvider = Primitive.Provider;
