import { useEffect } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { PAGES } from '../pages/registry';
import { allows, useMe } from '../session/me';
import { pageTitles, sectionTexts, shellTexts } from '../texts/shell';
import { Brand } from './brand';
import { usePathTo } from './organization';
import { OrganizationSwitcher } from './organization-switcher';
import styles from './shell.module.css';

type Section = keyof typeof sectionTexts;

/** The pages that the person may see, by section. On a narrow screen it is a drawer. */
export function Navigation({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const to = usePathTo();
  const me = useMe();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the drawer.
  useEffect(onClose, [pathname]);
  const offered = PAGES.filter(({ needs }) => needs === null || allows(me, needs));
  const sections = (Object.keys(sectionTexts) as Section[]).map((section) => ({
    section,
    pages: offered.filter((page) => page.section === section),
  }));
  return (
    <nav id="navigation" className={styles['side']} data-open={open} aria-label={shellTexts.navigation}>
      <Link to={to('overview')} className={styles['brand']}>
        <Brand />
        {shellTexts.home}
      </Link>
      <OrganizationSwitcher />
      {sections.map(
        ({ section, pages }) =>
          pages.length > 0 && (
            <div key={section} role="group" aria-labelledby={`section-${section}`}>
              <p id={`section-${section}`} className={styles['sectionTitle']}>
                {sectionTexts[section]}
              </p>
              {pages.map(({ name, icon: Icon }) => (
                <NavLink key={name} to={to(name)} className={styles['link'] ?? ''}>
                  <Icon size={16} aria-hidden />
                  {pageTitles[name]}
                </NavLink>
              ))}
            </div>
          ),
      )}
    </nav>
  );
}
