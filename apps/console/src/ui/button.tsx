import { Button as Primitive } from '@base-ui/react/button';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './button.module.css';
import { cx } from './cx';
import { Tooltip } from './tooltip';

export type ButtonKind = 'default' | 'primary' | 'danger' | 'ghost';

interface Look {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
}

const classOf = ({ kind = 'default', small }: Look, ...more: (string | false)[]): string =>
  cx(styles['button'], kind !== 'default' && styles[kind], small && styles['small'], ...more);

type ButtonProps = Look & { readonly busy?: boolean } & Omit<ComponentProps<typeof Primitive>, 'className'>;

/** `busy`: what it does is under way; it shows that and takes no second click, and keeps the focus. */
export function Button({ kind, small, icon: Icon, busy = false, children, disabled, ...rest }: ButtonProps) {
  const look = { ...(kind && { kind }), ...(small !== undefined && { small }) };
  return (
    <Primitive
      type="button"
      {...rest}
      className={classOf(look, busy && styles['busy'] !== undefined && styles['busy'])}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
    >
      {busy ? <span className={styles['spinner']} aria-hidden /> : Icon && <Icon size={14} aria-hidden />}
      {children}
    </Primitive>
  );
}

/** A button that is only an icon. `label` is its name for everyone: read aloud, and shown on hover and focus. */
export function IconButton({
  label,
  icon: Icon,
  kind = 'ghost',
  small,
  ...rest
}: Omit<ButtonProps, 'children' | 'busy'> & { readonly label: string; readonly icon: LucideIcon }) {
  const look = { kind, ...(small !== undefined && { small }) };
  return (
    <Tooltip text={label}>
      <Primitive type="button" {...rest} aria-label={label} className={classOf(look, styles['icon'] ?? '')}>
        <Icon size={16} aria-hidden />
      </Primitive>
    </Tooltip>
  );
}

/** A link that looks like a button: it leads somewhere rather than doing something. */
export function LinkButton({
  to,
  kind,
  small,
  icon: Icon,
  children,
}: Look & { readonly to: string; readonly children: ReactNode }) {
  const look = { ...(kind && { kind }), ...(small !== undefined && { small }) };
  return (
    <Link to={to} className={classOf(look)}>
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </Link>
  );
}
