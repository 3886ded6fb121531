import { formatShare } from '../../format/number';
import { requestsTexts } from '../../texts/requests';
import { Badge } from '../../ui/badge';
import { DataTable } from '../../ui/data-table';
import type { Request } from './call';

const { findingColumns: columns } = requestsTexts;
const TONES = { flag: 'info', redact: 'warn', block: 'bad' } as const;

/** What guardrails found, and where: never the text itself. */
export function Findings({ findings }: Pick<Request, 'findings'>) {
  return (
    <DataTable
      label={requestsTexts.findings}
      rows={findings}
      keyOf={({ guardrail, check, rule, at }) => `${guardrail} ${check} ${rule} ${at}`}
      columns={[
        { id: 'guardrail', header: columns.guardrail, cell: ({ guardrail }) => guardrail },
        { id: 'check', header: columns.check, cell: ({ check }) => check },
        { id: 'rule', header: columns.rule, cell: ({ rule }) => rule },
        { id: 'action', header: columns.action, cell: ({ action }) => <Badge tone={TONES[action]}>{action}</Badge> },
        { id: 'at', header: columns.at, cell: ({ at }) => <code>{at}</code> },
        { id: 'confidence', header: columns.confidence, align: 'end', cell: (row) => formatShare(row.confidence) },
      ]}
    />
  );
}
