import type { Schema } from '#libs/admin-api';
import { formatCompact, formatMs } from '../../format/number';
import { requestsTexts } from '../../texts/requests';
import { Moment, Usd } from '../../ui/amounts';
import { Dot, statusTone } from '../../ui/badge';
import type { Column } from '../../ui/data-table';

/** As much of a call as both the log and the live stream have. */
export type CallRow = Schema<'LiveRequest'> & { readonly inputTokens?: number; readonly outputTokens?: number };

const { columns } = requestsTexts;

export const callColumns: readonly Column<CallRow>[] = [
  { id: 'at', header: columns.at, width: '150px', cell: ({ at }) => <Moment at={at} /> },
  {
    id: 'status',
    header: columns.status,
    width: '190px',
    cell: ({ status, error }) => (
      <Dot tone={statusTone(status)}>
        {status}
        {error !== null && ` ${error}`}
      </Dot>
    ),
  },
  {
    id: 'service',
    header: columns.service,
    cell: ({ team, service, agent }) => `${team} / ${service}${agent === null ? '' : ` / ${agent}`}`,
  },
  {
    id: 'model',
    header: columns.model,
    cell: ({ route, requestedModel, model }) => `${route ?? requestedModel} → ${model ?? requestsTexts.noModel}`,
  },
  {
    id: 'tokens',
    header: columns.tokens,
    align: 'end',
    width: '110px',
    cell: ({ inputTokens, outputTokens }) =>
      inputTokens === undefined ? '' : `${formatCompact(inputTokens)} + ${formatCompact(outputTokens ?? 0)}`,
  },
  { id: 'cost', header: columns.cost, align: 'end', width: '100px', cell: ({ costUsd }) => <Usd amount={costUsd} /> },
  {
    id: 'firstToken',
    header: columns.firstToken,
    align: 'end',
    width: '96px',
    cell: ({ firstTokenMs }) => (firstTokenMs === null ? '–' : formatMs(firstTokenMs)),
  },
  { id: 'latency', header: columns.latency, align: 'end', width: '96px', cell: ({ latencyMs }) => formatMs(latencyMs) },
];
