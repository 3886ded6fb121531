import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Permission } from '../session/me';
import type { pageTitles, sectionTexts } from '../texts/shell';

/** One page of the navigation. Its folder has this name, and so has its path: `/o/acme/<name>/*`. */
export interface PageEntry {
  readonly name: keyof typeof pageTitles;
  readonly section: keyof typeof sectionTexts;
  readonly icon: LucideIcon;
  /** Without it the page is not offered, and says so to who comes by a link. Null: it is for everyone. */
  readonly needs: Permission | null;
  /** Its code, loaded when it is first opened. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}
