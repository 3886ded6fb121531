import type { ReactNode } from 'react';
import { Failed, Loading } from './states';

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** What a query answers, once it does: until then a placeholder of `lines`, and what went wrong if it did. */
export function Answer<Data>({
  of: { data, error, refetch },
  lines,
  children,
}: {
  readonly of: Asked<Data>;
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  if (data !== undefined) return <>{children(data)}</>;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return <Loading {...(lines !== undefined && { lines })} />;
}
