import { LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useLiveCalls } from '../../api/live';
import { useAllowed } from '../../session/me';
import { useOrganization, usePathTo } from '../../shell/organization';
import { firstRunTexts } from '../../texts/first-run';
import { LinkButton } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { type CallRow, callColumns } from '../requests/columns';
import styles from './first-run.module.css';
import { Step } from './step';

const { watch: texts, steps } = firstRunTexts;
const SHOWN_MAX = 5;

/** Calls as they arrive; of the service that was just made, if there is one. */
export function FirstCall({ service }: { readonly service: string | null }) {
  const organization = useOrganization();
  const to = usePathTo();
  const [calls, setCalls] = useState<readonly CallRow[]>([]);
  const mayListen = useAllowed('requests:read');
  useLiveCalls(organization, mayListen, ({ newest }) => {
    const its = newest.filter((call) => service === null || call.service === service);
    setCalls((before) => [...its, ...before].slice(0, SHOWN_MAX));
  });
  if (!mayListen) return null;
  const [first] = calls;
  return (
    <Step number={4} title={steps.watch} done={first !== undefined}>
      <div className={styles['stack']} aria-live="polite">
        {first === undefined ? (
          <p className={styles['waiting']}>
            <LoaderCircle size={16} aria-hidden />
            {texts.waiting}
          </p>
        ) : (
          <>
            <p>{texts.arrived}</p>
            <DataTable
              label={steps.watch}
              columns={callColumns}
              rows={calls}
              keyOf={({ id }) => id}
              linkOf={({ id }) => to('requests', id)}
              isMarked={() => true}
            />
            <div>
              <LinkButton kind="primary" to={to('requests', first.id)}>
                {texts.open}
              </LinkButton>
            </div>
          </>
        )}
      </div>
    </Step>
  );
}
