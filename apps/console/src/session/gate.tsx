import { type ReactNode, useEffect, useState } from 'react';
import { asProblem, type Problem } from '../api/problem';
import { shellTexts } from '../texts/shell';
import { Button } from '../ui/button';
import { Empty } from '../ui/states';
import { arrive, leaveForSignIn } from './oidc';
import { accessToken, SessionEnded, takeToken } from './session';

/** Replaces the address that the browser shows by this path. */
export type GoTo = (path: string) => Promise<void>;

const CALLBACK = '/callback';

/** Lets in who has a session, by a sign-in that has just come back or one from before; sends everyone else to sign in. */
export function Gate({ goTo, children }: { readonly goTo: GoTo; readonly children: ReactNode }) {
  const [state, setState] = useState<'asking' | 'in' | Problem>('asking');
  useEffect(() => {
    enter(goTo).then(
      (inside) => inside && setState('in'),
      (cause: unknown) => setState(asProblem(cause)),
    );
  }, [goTo]);
  if (state === 'in') return children;
  if (state === 'asking') return <p className="visually-hidden">{shellTexts.signingIn}</p>;
  return (
    <main>
      <Empty
        title={shellTexts.signInFailed}
        actions={<Button onClick={() => void leaveForSignIn('/')}>{shellTexts.signInAgain}</Button>}
      >
        <p role="alert">{state.detail}</p>
      </Empty>
    </main>
  );
}

let entering: Promise<boolean> | undefined;

/** Once for the page, also where React mounts twice to find mistakes: a code is good for one exchange. */
function enter(goTo: GoTo): Promise<boolean> {
  entering ??= findSession(goTo);
  return entering;
}

/** False when the browser is about to leave for the sign-in page. */
async function findSession(goTo: GoTo): Promise<boolean> {
  const url = new URL(window.location.href);
  if (url.pathname === CALLBACK) {
    const arrived = await arrive(url);
    if (arrived) takeToken(arrived.token);
    // Before the router reads the address: the code must not stay in the history.
    await goTo(arrived?.returnTo ?? '/');
    if (arrived) return true;
  }
  try {
    await accessToken();
    return true;
  } catch (cause) {
    if (!(cause instanceof SessionEnded)) throw cause;
    await leaveForSignIn(window.location.pathname + window.location.search);
    return false;
  }
}
