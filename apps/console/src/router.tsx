import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Home } from './pages/home';
import type { PageEntry } from './pages/page-entry';
import { PAGES } from './pages/registry';
import { allows, useMe } from './session/me';
import { PageError } from './shell/page-error';
import { Shell } from './shell/shell';
import { Forbidden, NotFound } from './ui/states';

/** A page's code comes when it is opened; without its permission it is not even loaded. */
function routeOf({ name, needs, load }: PageEntry): RouteObject {
  return {
    path: `${name}/*`,
    errorElement: <PageError />,
    lazy: async () => {
      const { default: Page } = await load();
      return { element: needs === null ? <Page /> : <Permitted needs={needs} page={Page} /> };
    },
  };
}

function Permitted({
  needs,
  page: Page,
}: {
  readonly needs: NonNullable<PageEntry['needs']>;
  readonly page: ComponentType;
}) {
  return allows(useMe(), needs) ? <Page /> : <Forbidden />;
}

export const router = createBrowserRouter([
  { path: '/', element: <Home />, errorElement: <PageError /> },
  { path: '/callback', element: null },
  {
    path: '/o/:organization',
    element: <Shell />,
    errorElement: <PageError />,
    hydrateFallbackElement: <></>,
    children: [...PAGES.map(routeOf), { path: '*', element: <NotFound /> }],
  },
  { path: '*', element: <NotFound /> },
]);
