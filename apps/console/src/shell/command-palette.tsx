import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Building2, type LucideIcon, Moon, Search, Sun, TextSearch } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { PAGES } from '../pages/registry';
import { allows, useMe } from '../session/me';
import { pageTitles, shellTexts } from '../texts/shell';
import { chooseTheme } from '../theme/theme';
import dialog from '../ui/dialog.module.css';
import popup from '../ui/popup.module.css';
import styles from './command-palette.module.css';
import { useOrganization, useOrganizations, usePathTo } from './organization';

interface Command {
  readonly value: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

interface Group {
  readonly value: string;
  readonly items: readonly Command[];
}

const CALL_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Everything that can be gone to, found by typing part of its name. A call id leads to its call. */
export default function CommandPalette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const groups = useCommands(typed.trim());
  return (
    <Dialog.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog['scrim']} />
        <Dialog.Viewport className={dialog['viewport']}>
          <Dialog.Popup className={styles['palette']} aria-label={shellTexts.commands}>
            <Autocomplete.Root
              open
              inline
              autoHighlight="always"
              keepHighlight
              items={groups as Group[]}
              onValueChange={setTyped}
            >
              <div className={styles['input']}>
                <Search size={16} aria-hidden />
                <Autocomplete.Input aria-label={shellTexts.search} placeholder={shellTexts.search} />
              </div>
              <Dialog.Close className="visually-hidden">{shellTexts.dismiss}</Dialog.Close>
              <div className={styles['list']}>
                <Autocomplete.List>
                  {(group: Group) => (
                    <Autocomplete.Group key={group.value} items={group.items}>
                      <Autocomplete.GroupLabel className={popup['group']}>{group.value}</Autocomplete.GroupLabel>
                      <Autocomplete.Collection>
                        {(command: Command) => (
                          <Autocomplete.Item
                            key={command.value}
                            value={command}
                            className={popup['item']}
                            onClick={() => {
                              onClose();
                              command.run();
                            }}
                          >
                            <command.icon size={15} aria-hidden />
                            <span className={popup['text']}>{command.label}</span>
                          </Autocomplete.Item>
                        )}
                      </Autocomplete.Collection>
                    </Autocomplete.Group>
                  )}
                </Autocomplete.List>
              </div>
              <p className={styles['hint']}>{shellTexts.commandHint}</p>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useCommands(typed: string): readonly Group[] {
  const me = useMe();
  const to = usePathTo();
  const current = useOrganization();
  const navigate = useNavigate();
  const organizations = useOrganizations().data ?? [];
  const request: Command[] = CALL_ID.test(typed)
    ? [
        {
          value: typed,
          label: shellTexts.openRequest(typed),
          icon: TextSearch,
          run: () => navigate(to('requests', typed)),
        },
      ]
    : [];
  const pages = PAGES.filter(({ needs }) => needs === null || allows(me, needs)).map(({ name, icon }) => ({
    value: name,
    label: pageTitles[name],
    icon,
    run: () => navigate(to(name)),
  }));
  const others = organizations.filter(({ slug }) => slug !== current);
  return [
    { value: shellTexts.goTo, items: [...request, ...pages] },
    {
      value: shellTexts.organizations,
      items: others.map(({ slug, name }) => ({
        value: `organization ${slug}`,
        label: name,
        icon: Building2,
        run: () => navigate(`/o/${slug}/overview`),
      })),
    },
    {
      value: shellTexts.appearance,
      items: [
        { value: 'light', label: shellTexts.themes.light, icon: Sun, run: () => chooseTheme('light') },
        { value: 'dark', label: shellTexts.themes.dark, icon: Moon, run: () => chooseTheme('dark') },
      ],
    },
  ].filter(({ items }) => items.length > 0);
}
