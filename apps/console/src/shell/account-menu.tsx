import { BookOpen, CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useMe } from '../session/me';
import { leaveForSignOut } from '../session/oidc';
import { shellTexts } from '../texts/shell';
import { chooseTheme, THEMES, useChosenTheme } from '../theme/theme';
import { IconButton } from '../ui/button';
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

export function AccountMenu() {
  const { name } = useMe();
  const theme = useChosenTheme();
  return (
    <Menu trigger={<IconButton label={`${shellTexts.account}: ${name}`} icon={CircleUser} />}>
      <MenuGroup label={name}>
        <MenuItem icon={BookOpen} onSelect={() => window.open('/api/docs', '_blank', 'noopener')}>
          {shellTexts.apiDocs}
        </MenuItem>
      </MenuGroup>
      <MenuSeparator />
      <MenuGroup label={shellTexts.appearance}>
        {THEMES.map((each) => (
          <MenuChoice key={each} icon={ICONS[each]} chosen={each === theme} onSelect={() => chooseTheme(each)}>
            {shellTexts.themes[each]}
          </MenuChoice>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={leaveForSignOut}>
        {shellTexts.signOut}
      </MenuItem>
    </Menu>
  );
}
