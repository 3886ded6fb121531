import { Menu as Primitive } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { cx } from './cx';
import styles from './popup.module.css';

/** Opens a list of things to do at `trigger`, a button. Its children are the items below. */
export function Menu({ trigger, children }: { readonly trigger: ReactElement; readonly children: ReactNode }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger render={trigger} />
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={4} align="start" className={styles['positioner']}>
          <Primitive.Popup className={styles['popup']}>{children}</Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface ItemProps {
  readonly icon?: LucideIcon;
  readonly hint?: string;
  readonly dangerous?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

export function MenuItem({
  onSelect,
  dangerous = false,
  disabled = false,
  ...content
}: ItemProps & { readonly onSelect: () => void }) {
  return (
    <Primitive.Item
      className={cx(styles['item'], dangerous && styles['dangerous'])}
      disabled={disabled}
      onClick={onSelect}
    >
      <Content {...content} />
    </Primitive.Item>
  );
}

export function MenuLink({ to, ...content }: Omit<ItemProps, 'dangerous' | 'disabled'> & { readonly to: string }) {
  return (
    <Primitive.Item className={styles['item']} render={<Link to={to} />}>
      <Content {...content} />
    </Primitive.Item>
  );
}

/** One of several, of which one holds. */
export function MenuChoice({
  chosen,
  onSelect,
  ...content
}: Omit<ItemProps, 'dangerous'> & { readonly chosen: boolean; readonly onSelect: () => void }) {
  return (
    <Primitive.Item className={styles['item']} onClick={onSelect} aria-current={chosen || undefined}>
      <Content {...content} />
      {chosen ? <Check className={styles['check']} aria-hidden /> : <span className={styles['check']} />}
    </Primitive.Item>
  );
}

export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Primitive.Group>
      <Primitive.GroupLabel className={styles['group']}>{label}</Primitive.GroupLabel>
      {children}
    </Primitive.Group>
  );
}

export function MenuSeparator() {
  return <Primitive.Separator className={styles['separator']} />;
}

function Content({ icon: Icon, hint, children }: Pick<ItemProps, 'icon' | 'hint' | 'children'>) {
  return (
    <>
      {Icon && <Icon size={15} aria-hidden />}
      <span className={styles['text']}>{children}</span>
      {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
    </>
  );
}
