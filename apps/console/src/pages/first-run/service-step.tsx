import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { useAllowed } from '../../session/me';
import { useOrganization } from '../../shell/organization';
import { firstRunTexts } from '../../texts/first-run';
import { Answer } from '../../ui/answer';
import { type Secret, SecretDialog } from '../../ui/dialog';
import { FieldRow, TextField } from '../../ui/field';
import { Form, type FormValues } from '../../ui/form';
import { SelectField } from '../../ui/select';
import { Forbidden } from '../../ui/states';
import styles from './first-run.module.css';
import { Step } from './step';

const { service: texts, steps, defaultService } = firstRunTexts;

/** Makes a service and a gateway key for it, and shows its secrets this once. */
export function ServiceStep({
  made,
  onMade,
}: {
  readonly made: string | null;
  readonly onMade: (slug: string) => void;
}) {
  const organization = useOrganization();
  const queries = useQueryClient();
  const mayMake = useAllowed('services:write');
  const [secrets, setSecrets] = useState<{ readonly title: string; readonly secrets: readonly Secret[] } | null>(null);
  const teams = useQuery({
    queryKey: [organization, 'teams'],
    queryFn: async () => {
      const params = { path: { organization }, query: { limit: 200 } };
      return (await answer(api.GET('/api/v1/organizations/{organization}/teams', { params }))).data;
    },
  });
  return (
    <Step number={2} title={steps.service} done={made !== null}>
      <div className={styles['stack']}>
        <p>{made === null ? texts.about : texts.made(made)}</p>
        {!mayMake && <Forbidden />}
        {mayMake && made === null && (
          <Answer of={teams} lines={2}>
            {(all) => (
              <Form
                action={texts.create}
                submit={(values) => makeService(organization, values)}
                onDone={({ slug, name, secrets }) => {
                  setSecrets({ title: texts.created(name), secrets });
                  onMade(slug);
                  void queries.invalidateQueries({ queryKey: [organization, 'services'] });
                }}
              >
                <FieldRow>
                  <TextField name="name" label={texts.name} defaultValue={defaultService.name} />
                  <TextField name="slug" label={texts.slug} defaultValue={defaultService.slug} />
                  <SelectField
                    name="team"
                    label={texts.team}
                    options={all.map(({ slug, name }) => ({ value: slug, label: name }))}
                    defaultValue={all[0]?.slug ?? null}
                  />
                </FieldRow>
              </Form>
            )}
          </Answer>
        )}
      </div>
      <SecretDialog title={secrets?.title ?? ''} secrets={secrets?.secrets ?? null} onClose={() => setSecrets(null)} />
    </Step>
  );
}

async function makeService(organization: string, { name = '', slug = '', team = '' }: FormValues) {
  const service = await answer(
    api.POST('/api/v1/organizations/{organization}/services', {
      params: { path: { organization } },
      body: { name, slug, team },
    }),
  );
  const key = await answer(
    api.POST('/api/v1/organizations/{organization}/services/{service}/keys', {
      params: { path: { organization, service: slug } },
      body: { name: defaultService.slug },
    }),
  );
  const secrets: readonly Secret[] = [
    { label: texts.key, value: key.key },
    { label: texts.clientId, value: service.clientId },
    { label: texts.clientSecret, value: service.clientSecret },
  ];
  return { slug, name, secrets };
}
