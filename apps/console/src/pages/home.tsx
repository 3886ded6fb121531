import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Navigate } from 'react-router';
import { answer, api } from '../api/client';
import { useMe } from '../session/me';
import { lastOrganization, organizationsQuery } from '../shell/organization';
import { shellTexts } from '../texts/shell';
import { TextField } from '../ui/field';
import { Form } from '../ui/form';
import { Page, Section } from '../ui/page';
import { Loading } from '../ui/states';
import styles from './home.module.css';

/** Goes to the organization that the person was last in, or to the only one; an operator may have to make the first. */
export function Home() {
  return (
    <Suspense fallback={<Loading />}>
      <Choose />
    </Suspense>
  );
}

function Choose() {
  const me = useMe();
  const { data: organizations } = useSuspenseQuery(organizationsQuery);
  const last = organizations.find(({ slug }) => slug === lastOrganization.get());
  const slug = me.organization ?? last?.slug ?? organizations[0]?.slug;
  return slug === undefined ? <FirstOrganization /> : <Navigate to={`/o/${slug}/overview`} replace />;
}

function FirstOrganization() {
  const queries = useQueryClient();
  return (
    <main className={styles['home']}>
      <Page title={shellTexts.noOrganization} about={shellTexts.noOrganizationDetail}>
        <Section title={shellTexts.createOrganization}>
          <Form
            action={shellTexts.createOrganization}
            submit={({ slug = '', name = '' }) => answer(api.POST('/api/v1/organizations', { body: { slug, name } }))}
            onDone={() => void queries.invalidateQueries({ queryKey: organizationsQuery.queryKey })}
          >
            <TextField name="name" label={shellTexts.name} />
            <TextField name="slug" label={shellTexts.slug} description={shellTexts.slugAbout} />
          </Form>
        </Section>
      </Page>
    </main>
  );
}
