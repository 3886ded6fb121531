import { useQueries } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Hourglass, LoaderCircle, X } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { shellTexts } from '../texts/shell';
import { IconButton } from '../ui/button';
import { Popover } from '../ui/popover';
import { toastDone } from '../ui/toast';
import { lookAt } from './job-status';
import { dismissJob, type Job, updateJob, useJobs } from './jobs';
import styles from './jobs-button.module.css';
import { useOrganization } from './organization';

const LOOK_EVERY_MS = 2_000;
const ICONS = { running: LoaderCircle, done: CircleCheck, failed: CircleAlert };

/** The long work that was started from this browser: how far it is, and the way back to it. */
export function JobsButton() {
  const jobs = useJobs(useOrganization());
  useFollowed(jobs);
  const running = jobs.filter(({ state }) => state === 'running').length;
  const label = running > 0 ? `${shellTexts.jobs}: ${running}` : shellTexts.jobs;
  return (
    <Popover
      trigger={<IconButton label={label} icon={running > 0 ? Hourglass : CircleCheck} />}
      label={shellTexts.jobs}
    >
      {jobs.length === 0 ? (
        <p className={styles['none']}>{shellTexts.noJobs}</p>
      ) : (
        <ul className={styles['jobs']}>
          {jobs.map((job) => (
            <Row key={job.id} job={job} />
          ))}
        </ul>
      )}
    </Popover>
  );
}

function Row({ job: { id, title, href, state, detail } }: { readonly job: Job }) {
  const Icon = ICONS[state];
  return (
    <li className={styles['job']}>
      <Icon size={16} className={styles[state]} aria-hidden />
      <div>
        <Link to={href}>{title}</Link>
        <p className={styles['state']}>{detail ?? shellTexts.jobStates[state]}</p>
      </div>
      {state !== 'running' && (
        <IconButton small label={`${shellTexts.dismiss}: ${title}`} icon={X} onClick={() => dismissJob(id)} />
      )}
    </li>
  );
}

/** Looks at what is running until it is not. */
function useFollowed(jobs: readonly Job[]): void {
  const running = jobs.filter(({ state }) => state === 'running');
  const seen = useQueries({
    queries: running.map((job) => ({
      queryKey: ['job', job.id],
      queryFn: () => lookAt(job),
      refetchInterval: LOOK_EVERY_MS,
    })),
  });
  useEffect(() => {
    for (const [index, { data }] of seen.entries()) {
      const job = running[index];
      if (!job || !data || data.state === 'running') continue;
      updateJob(job.id, data);
      if (data.state === 'done') toastDone(job.title, shellTexts.jobStates.done);
    }
  });
}
