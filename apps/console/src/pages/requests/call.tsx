import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useParams } from 'react-router';
import type { Schema } from '#libs/admin-api';
import { answer, api } from '../../api/client';
import { formatMs } from '../../format/number';
import { useOrganization, usePathTo } from '../../shell/organization';
import { requestsTexts } from '../../texts/requests';
import { Moment, Usd } from '../../ui/amounts';
import { Answer } from '../../ui/answer';
import { Badge, statusTone } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { CopyButton } from '../../ui/copy';
import { Facts, Grid, Page, Section, Stats } from '../../ui/page';
import { Cost } from './cost';
import { Findings } from './findings';
import { Timeline } from './timeline';

export type Request = Schema<'RequestAnswer'>;

const { facts: names, columns } = requestsTexts;

/** One call, from its arrival to its booking. */
export function Call() {
  const organization = useOrganization();
  const to = usePathTo();
  const { request = '' } = useParams();
  const path = { organization, request };
  const query = useQuery({
    queryKey: [organization, 'requests', request],
    queryFn: () => answer(api.GET('/api/v1/organizations/{organization}/requests/{request}', { params: { path } })),
  });
  return (
    <Page
      title={`${requestsTexts.call} ${request.slice(0, 8)}`}
      actions={
        <>
          <CopyButton text={window.location.href} label={requestsTexts.copyLink} />
          <LinkButton to={to('requests')} icon={ArrowLeft}>
            {requestsTexts.back}
          </LinkButton>
        </>
      }
    >
      <Answer of={query} lines={10}>
        {(call) => (
          <>
            <Figures call={call} />
            <Grid minPx={420}>
              <Section title={requestsTexts.timeline}>
                <Timeline call={call} />
              </Section>
              <Section title={requestsTexts.identity}>
                <Identity call={call} />
              </Section>
            </Grid>
            <Section title={requestsTexts.usage} flush>
              <Cost call={call} />
            </Section>
            {call.findings.length > 0 && (
              <Section title={requestsTexts.findings} flush>
                <Findings findings={call.findings} />
              </Section>
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

function Figures({ call }: { readonly call: Request }) {
  return (
    <Stats
      label={requestsTexts.call}
      stats={[
        { label: columns.status, value: <Badge tone={statusTone(call.status)}>{call.error ?? call.status}</Badge> },
        { label: columns.latency, value: formatMs(call.latencyMs) },
        { label: columns.firstToken, value: call.firstTokenMs === null ? '–' : formatMs(call.firstTokenMs) },
        { label: columns.cost, value: <Usd amount={call.costUsd} /> },
        { label: columns.cache, value: call.cache },
      ]}
    />
  );
}

function Identity({ call }: { readonly call: Request }) {
  const tags = Object.entries(call.tags);
  return (
    <Facts
      facts={[
        [names.id, <code key="id">{call.id}</code>],
        [names.requestId, call.requestId === call.id ? null : <code key="request">{call.requestId}</code>],
        [names.at, <Moment key="at" at={call.at} />],
        [names.team, call.team],
        [names.costCenter, call.costCenter],
        [names.service, call.service],
        [names.agent, call.agent],
        [names.subject, call.subject],
        [names.actors, call.actors?.join(' → ') ?? null],
        [names.session, call.session],
        [names.endUser, call.endUser],
        [names.surface, call.surface],
        [names.requestedModel, <code key="asked">{call.requestedModel}</code>],
        [names.route, call.route],
        [names.model, call.model],
        [names.provider, call.provider],
        [names.upstreamModel, call.upstreamModel],
        [names.answeredModel, call.answeredModel],
        [names.stream, call.stream ? requestsTexts.yes : requestsTexts.no],
        [names.tags, tags.length === 0 ? null : tags.map(([key, value]) => `${key}=${value}`).join(', ')],
        [names.traceId, call.traceId === null ? null : <code key="trace">{call.traceId}</code>],
      ]}
    />
  );
}
