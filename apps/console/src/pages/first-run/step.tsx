import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { firstRunTexts } from '../../texts/first-run';
import { Badge } from '../../ui/badge';
import { Section } from '../../ui/page';

/** One step, with its number, and whether it is done. */
export function Step({
  number,
  title,
  done = false,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly done?: boolean;
  readonly children: ReactNode;
}) {
  const badge = (
    <Badge tone="good">
      <CircleCheck size={12} aria-hidden />
      {firstRunTexts.done}
    </Badge>
  );
  return (
    <Section title={`${number}. ${title}`} actions={done && badge}>
      {children}
    </Section>
  );
}
