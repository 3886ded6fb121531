import { Activity, ListTree, Rocket } from 'lucide-react';
import type { PageEntry } from './page-entry';

/** Every page, in the order of the navigation. To add one: its folder, its title in texts/shell.ts, and a line here. */
export const PAGES: readonly PageEntry[] = [
  { name: 'overview', section: 'observe', icon: Activity, needs: 'usage:read', load: () => import('./overview/page') },
  {
    name: 'requests',
    section: 'observe',
    icon: ListTree,
    needs: 'requests:read',
    load: () => import('./requests/page'),
  },
  {
    name: 'first-run',
    section: 'observe',
    icon: Rocket,
    needs: 'services:read',
    load: () => import('./first-run/page'),
  },
];
