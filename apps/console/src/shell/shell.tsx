import { Menu as MenuIcon, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { shellTexts } from '../texts/shell';
import { IconButton } from '../ui/button';
import { Loading } from '../ui/states';
import { AccountMenu } from './account-menu';
import { JobsButton } from './jobs-button';
import { Navigation } from './navigation';
import { lastOrganization, useOrganization } from './organization';
import { SessionEndedDialog } from './session-ended';
import styles from './shell.module.css';

const CommandPalette = lazy(() => import('./command-palette'));

/** What is around every page of an organization. */
export function Shell() {
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  const organization = useOrganization();
  const { pathname } = useLocation();
  useEffect(() => lastOrganization.set(organization), [organization]);
  useEffect(() => onCommandKey(() => setPalette((open) => !open)), []);
  return (
    <div className={styles['shell']}>
      <a href="#content" className={styles['skip']}>
        {shellTexts.skip}
      </a>
      <Navigation open={drawer} onClose={() => setDrawer(false)} />
      {drawer && (
        <button
          type="button"
          className={styles['scrim']}
          aria-label={shellTexts.closeNavigation}
          onClick={() => setDrawer(false)}
        />
      )}
      <header className={styles['top']}>
        <div className={styles['menu']}>
          <IconButton
            label={shellTexts.openNavigation}
            icon={MenuIcon}
            aria-expanded={drawer}
            aria-controls="navigation"
            onClick={() => setDrawer(true)}
          />
        </div>
        <button type="button" className={styles['search']} onClick={() => setPalette(true)}>
          <Search size={14} aria-hidden />
          <span>{shellTexts.search}</span>
          <kbd aria-hidden>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <JobsButton />
        <AccountMenu />
      </header>
      <main id="content" className={styles['main']} tabIndex={-1}>
        <Suspense key={pathname.split('/')[3]} fallback={<Loading lines={8} />}>
          <Outlet />
        </Suspense>
      </main>
      {palette && (
        <Suspense>
          <CommandPalette open onClose={() => setPalette(false)} />
        </Suspense>
      )}
      <SessionEndedDialog />
    </div>
  );
}

const isMac = navigator.platform.startsWith('Mac');

function onCommandKey(act: () => void): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    act();
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}
