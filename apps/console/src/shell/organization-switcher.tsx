import { Building2, ChevronsUpDown } from 'lucide-react';
import { useNavigate } from 'react-router';
import { shellTexts } from '../texts/shell';
import { Menu, MenuChoice, MenuGroup } from '../ui/menu';
import { useOrganization, useOrganizations } from './organization';
import styles from './shell.module.css';

/** Names the organization; who sees several can go to another. */
export function OrganizationSwitcher() {
  const current = useOrganization();
  const navigate = useNavigate();
  const organizations = useOrganizations().data ?? [];
  const name = organizations.find(({ slug }) => slug === current)?.name ?? current;
  if (organizations.length < 2)
    return (
      <div className={styles['organization']}>
        <Building2 size={15} aria-hidden />
        <span>{name}</span>
      </div>
    );
  const trigger = (
    <button type="button" className={styles['organization']} aria-label={`${shellTexts.switchOrganization}: ${name}`}>
      <Building2 size={15} aria-hidden />
      <span>{name}</span>
      <ChevronsUpDown size={14} aria-hidden />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuGroup label={shellTexts.organizations}>
        {organizations.map(({ slug, name }) => (
          <MenuChoice key={slug} chosen={slug === current} onSelect={() => navigate(`/o/${slug}/overview`)} hint={slug}>
            {name}
          </MenuChoice>
        ))}
      </MenuGroup>
    </Menu>
  );
}
