import type { Logger } from '#libs/telemetry';
import { stopOnSignals } from '../stop-on-signals.js';
import { Supervisor } from './supervisor.js';

/** A gateway of several processes. This one takes no calls: it keeps the others running, and ends with the last of them. */
export async function superviseWorkers(wanted: number, log: Logger): Promise<void> {
  const supervisor = new Supervisor(wanted, log);
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    process.exit(0);
  };
  stopOnSignals(stop);
  const port = await supervisor.start();
  log.info({ workers: wanted, port }, 'all workers take calls');
  process.send?.({ type: 'ready', port });
  if (process.send)
    process.once('disconnect', () => {
      supervisor.abandon();
      process.exit(0);
    });
}
