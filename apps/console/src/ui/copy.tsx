import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { uiTexts } from '../texts/ui';
import { IconButton } from './button';
import styles from './code.module.css';

const SHOWN_MS = 1_500;

/** Copies `text`, and says so: by its icon and name, which is read aloud. */
export function CopyButton({ text, label = uiTexts.copy }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <IconButton
        small
        label={label}
        icon={copied ? Check : Copy}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      />
      <span className="visually-hidden" aria-live="polite">
        {copied ? uiTexts.copied : ''}
      </span>
    </>
  );
}

/** Code to be copied as it stands. `label` says what it is. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className={styles['block']}>
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
      <div className={styles['copy']}>
        <CopyButton text={code} label={`${uiTexts.copy}: ${label}`} />
      </div>
    </div>
  );
}
