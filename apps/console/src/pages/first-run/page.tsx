import { useState } from 'react';
import { firstRunTexts } from '../../texts/first-run';
import { pageTitles } from '../../texts/shell';
import { Page } from '../../ui/page';
import { FirstCall } from './first-call';
import { ProviderStep } from './provider-step';
import { ServiceStep } from './service-step';
import { SnippetStep } from './snippet-step';

/** The way from nothing to a first call. */
export default function FirstRun() {
  const [service, setService] = useState<string | null>(null);
  return (
    <Page title={pageTitles['first-run']} about={firstRunTexts.about}>
      <ProviderStep />
      <ServiceStep made={service} onMade={setService} />
      <SnippetStep />
      <FirstCall service={service} />
    </Page>
  );
}
