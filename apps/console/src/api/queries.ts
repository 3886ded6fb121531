import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { SessionEnded } from '../session/session';
import { Problem } from './problem';

const RETRIES = 2;
const FRESH_MS = 15_000;

/** What is worth asking again by itself: the server was away, not: it said no. */
function worthRetrying(failures: number, cause: unknown): boolean {
  if (cause instanceof SessionEnded) return false;
  if (cause instanceof Problem && cause.status > 0 && cause.status < 500) return false;
  return failures < RETRIES;
}

/** Server state of the whole console. Failures are shown where they happen: by the page, or by the form. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache(),
    mutationCache: new MutationCache(),
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: FRESH_MS, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
