import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/queries';
import { router } from './router';
import { Gate } from './session/gate';
import { Toasts } from './ui/toast';
import { TooltipProvider } from './ui/tooltip';

const queries = createQueryClient();
const goTo = (path: string): Promise<void> => router.navigate(path, { replace: true });

/** Who is not signed in sees nothing of the console; the rest is pages. Style elements are not allowed by the page's policy. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <TooltipProvider delay={400}>
          <Gate goTo={goTo}>
            <RouterProvider router={router} />
          </Gate>
          <Toasts />
        </TooltipProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
