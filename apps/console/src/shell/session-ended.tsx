import { useSyncExternalStore } from 'react';
import { leaveForSignIn } from '../session/oidc';
import { sessionEnded } from '../session/session';
import { shellTexts } from '../texts/shell';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormButtons } from '../ui/form';

/** Here and now, rather than being thrown out: what the person has typed can still be copied before leaving. */
export function SessionEndedDialog() {
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get);
  return (
    <Dialog open={ended} onClose={sessionEnded.overlook} title={shellTexts.ended} description={shellTexts.endedDetail}>
      <FormButtons>
        <Button kind="primary" onClick={() => void leaveForSignIn(window.location.pathname + window.location.search)}>
          {shellTexts.signInAgain}
        </Button>
      </FormButtons>
    </Dialog>
  );
}
