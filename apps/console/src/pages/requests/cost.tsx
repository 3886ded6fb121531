import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import { exactUsd } from '../../format/money';
import { formatCount } from '../../format/number';
import { useOrganization } from '../../shell/organization';
import { requestsTexts } from '../../texts/requests';
import { Answer } from '../../ui/answer';
import { Badge } from '../../ui/badge';
import { DataTable } from '../../ui/data-table';
import type { Request } from './call';
import styles from './cost.module.css';

const { costColumns: columns, marks } = requestsTexts;

/** What the call used and how its cost came about, line by line, to the last digit. */
export function Cost({ call }: { readonly call: Request }) {
  const organization = useOrganization();
  const path = { organization, request: call.id };
  const query = useQuery({
    queryKey: [organization, 'requests', call.id, 'cost'],
    queryFn: () =>
      answer(api.GET('/api/v1/organizations/{organization}/requests/{request}/cost', { params: { path } })),
  });
  return (
    <Answer of={query} lines={3}>
      {({ lines, priceVersion, costUsd }) => (
        <>
          {lines !== null && lines.length > 0 && (
            <DataTable
              label={requestsTexts.usage}
              rows={lines}
              keyOf={({ kind }) => kind}
              columns={[
                { id: 'kind', header: columns.kind, cell: ({ kind }) => requestsTexts.kinds[kind] ?? kind },
                { id: 'tokens', header: columns.tokens, align: 'end', cell: ({ tokens }) => formatCount(tokens) },
                { id: 'price', header: columns.price, align: 'end', cell: ({ perMillion }) => exactUsd(perMillion) },
                { id: 'cost', header: columns.cost, align: 'end', cell: (line) => exactUsd(line.costUsd) },
              ]}
            />
          )}
          <div className={styles['sum']}>
            <div>
              {lines === null && <p>{requestsTexts.noLines}</p>}
              {lines === null && (
                <p>
                  {requestsTexts.tokensIn(formatCount(call.inputTokens), formatCount(call.cachedInputTokens))};{' '}
                  {requestsTexts.tokensOut(formatCount(call.outputTokens), formatCount(call.reasoningTokens))}
                </p>
              )}
              {priceVersion !== null && <p>{requestsTexts.prices(priceVersion)}</p>}
              {call.estimated && <Badge tone="info">{marks.estimated}</Badge>}
              {call.orphaned && <Badge tone="warn">{marks.orphaned}</Badge>}
              {call.unpriced && <Badge tone="warn">{marks.unpriced}</Badge>}
            </div>
            <p className={styles['total']}>
              {requestsTexts.total} <strong>{exactUsd(costUsd)}</strong>
            </p>
          </div>
        </>
      )}
    </Answer>
  );
}
