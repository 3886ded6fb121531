import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { useMe } from '../../session/me';
import { useOrganization } from '../../shell/organization';
import { firstRunTexts } from '../../texts/first-run';
import { Answer } from '../../ui/answer';
import { CodeBlock } from '../../ui/copy';
import { Select } from '../../ui/select';
import { Tabs } from '../../ui/tabs';
import styles from './first-run.module.css';
import { type SnippetName, snippetsFor } from './snippets';
import { Step } from './step';

const { snippet: texts, steps } = firstRunTexts;

/** A working call to copy, for the chosen route. */
export function SnippetStep() {
  const organization = useOrganization();
  const { gatewayUrl } = useMe();
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery({
    queryKey: [organization, 'routes'],
    queryFn: async () => {
      const params = { path: { organization }, query: { limit: 200 } };
      return (await answer(api.GET('/api/v1/organizations/{organization}/routes', { params }))).data;
    },
  });
  return (
    <Step number={3} title={steps.snippet}>
      <Answer of={query} lines={5}>
        {(routes) => {
          const route = chosen ?? routes[0]?.slug;
          if (route === undefined) return <p>{texts.noRoute}</p>;
          const snippets = snippetsFor({ gatewayUrl, model: route });
          const names = Object.keys(snippets) as SnippetName[];
          return (
            <div className={styles['stack']}>
              <div className={styles['route']}>
                <Select
                  label={texts.route}
                  options={routes.map(({ slug }) => ({ value: slug, label: slug }))}
                  value={route}
                  onChange={setChosen}
                />
              </div>
              <Tabs
                label={steps.snippet}
                tabs={names.map((name) => ({
                  value: name,
                  label: texts.tabs[name],
                  content: <CodeBlock code={snippets[name]} label={texts.tabs[name]} />,
                }))}
              />
              <p className={styles['faint']}>{texts.keyAbout}</p>
            </div>
          );
        }}
      </Answer>
    </Step>
  );
}
