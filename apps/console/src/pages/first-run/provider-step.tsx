import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schema } from '#libs/admin-api';
import { answer, api } from '../../api/client';
import { useAllowed } from '../../session/me';
import { useOrganization } from '../../shell/organization';
import { firstRunTexts } from '../../texts/first-run';
import { Answer } from '../../ui/answer';
import { Button } from '../../ui/button';
import { FieldRow, TextField } from '../../ui/field';
import { Form, type FormValues } from '../../ui/form';
import { SelectField } from '../../ui/select';
import { toastDone } from '../../ui/toast';
import styles from './first-run.module.css';
import { Step } from './step';

const { provider: texts, steps } = firstRunTexts;
type Provider = Schema<'CreateProviderCredential'>['provider'];

/** Those that need nothing but a key, with a model to begin with. */
const SIMPLE: Readonly<Partial<Record<Provider, string>>> = {
  openai: 'gpt-4.1-mini',
  anthropic: 'claude-sonnet-4-5',
  gemini: 'gemini-2.5-flash',
  mistral: 'mistral-small-latest',
  groq: 'llama-3.3-70b-versatile',
};
const OPTIONS = (Object.keys(SIMPLE) as Provider[]).map((value) => ({ value, label: value }));

export function ProviderStep() {
  const organization = useOrganization();
  const mayAdd = useAllowed('provider-credentials:write');
  const query = useQuery({
    queryKey: [organization, 'models'],
    queryFn: async () => {
      const params = { path: { organization }, query: { limit: 200 } };
      return (await answer(api.GET('/api/v1/organizations/{organization}/models', { params }))).data;
    },
  });
  const [adding, setAdding] = useState(false);
  return (
    <Step number={1} title={steps.provider} done={(query.data?.length ?? 0) > 0}>
      <Answer of={query} lines={2}>
        {(models) => {
          const credentials = [...new Set(models.map(({ credential }) => credential))];
          const simulated = models.some(({ slug }) => slug.startsWith('sim-'));
          return (
            <div className={styles['stack']}>
              {credentials.length > 0 && <p>{texts.has(credentials.join(', '))}</p>}
              {simulated && <p>{texts.simulator}</p>}
              {credentials.length === 0 && <p>{mayAdd ? texts.none : texts.notYours}</p>}
              {mayAdd && credentials.length > 0 && !adding && (
                <div>
                  <Button onClick={() => setAdding(true)}>{texts.another}</Button>
                </div>
              )}
              {mayAdd && (adding || credentials.length === 0) && <AddProvider onDone={() => setAdding(false)} />}
            </div>
          );
        }}
      </Answer>
    </Step>
  );
}

function AddProvider({ onDone }: { readonly onDone: () => void }) {
  const organization = useOrganization();
  const queries = useQueryClient();
  const [provider, setProvider] = useState<Provider>('openai');
  return (
    <Form
      action={texts.add}
      submit={(values) => addProvider(organization, provider, values)}
      onDone={() => {
        toastDone(texts.added);
        void queries.invalidateQueries({ queryKey: [organization] });
        onDone();
      }}
    >
      <FieldRow>
        <SelectField name="provider" label={texts.choose} options={OPTIONS} value={provider} onChange={setProvider} />
        <TextField name="secret" label={texts.secret} type="password" />
        <TextField
          key={provider}
          name="model"
          label={texts.model}
          description={texts.modelAbout}
          defaultValue={SIMPLE[provider]}
        />
      </FieldRow>
    </Form>
  );
}

/** Credential, model and route, each of the provider's name. */
async function addProvider(organization: string, provider: Provider, { secret = '', model = '' }: FormValues) {
  const params = { path: { organization } };
  const slug = provider;
  await answer(
    api.POST('/api/v1/organizations/{organization}/provider-credentials', { params, body: { slug, provider, secret } }),
  );
  await answer(
    api.POST('/api/v1/organizations/{organization}/models', {
      params,
      body: { slug, provider, credential: slug, model },
    }),
  );
  return answer(
    api.POST('/api/v1/organizations/{organization}/routes', { params, body: { slug, targets: [{ model: slug }] } }),
  );
}
