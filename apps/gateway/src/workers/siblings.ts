import type { Registry } from '#libs/telemetry';
import type { FromWorker, ToWorker } from './messages.js';

/** What a gateway process knows of those that share its port. */
export interface Siblings {
  /** How many take calls, of how many there should be; null when it is alone. */
  readonly census: { readonly running: number; readonly wanted: number } | null;
  /** The metrics of all of them, as Prometheus wants them. */
  metrics(registry: Registry): Promise<string>;
}

/** A gateway of one process. */
export const NO_SIBLINGS: Siblings = { census: null, metrics: (registry) => registry.metrics() };

/** When the supervisor does not answer, a worker's own metrics are better than none. */
const PATIENCE_MS = 4_000;

/** The siblings of a worker, as its supervisor tells of them. `registry`: what this worker answers for. */
export function siblingsOf(registry: Registry): Siblings {
  let census = { running: 0, wanted: 0 };
  let lastId = 0;
  const waiting = new Map<number, (text: string) => void>();
  const tell = (message: FromWorker): void => void process.send?.(message);
  process.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'workers':
        census = message;
        return;
      case 'count':
        void registry.getMetricsAsJSON().then((counts) => tell({ type: 'counts', round: message.round, counts }));
        return;
      case 'merged':
        waiting.get(message.id)?.(message.text);
    }
  });
  return {
    get census() {
      return census;
    },
    metrics: (own) => {
      const id = ++lastId;
      return new Promise<string>((resolve) => {
        const timer = setTimeout(() => resolve(own.metrics()), PATIENCE_MS);
        waiting.set(id, (text) => {
          clearTimeout(timer);
          resolve(text);
        });
        tell({ type: 'merge', id });
      }).finally(() => waiting.delete(id));
    },
  };
}
