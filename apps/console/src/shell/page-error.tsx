import { useRouteError } from 'react-router';
import { Failed } from '../ui/states';

/** A page that failed as a whole, also one whose code could not be loaded. */
export function PageError() {
  const error = useRouteError();
  return <Failed error={error} onRetry={() => window.location.reload()} />;
}
