import type { Endpoint } from '../vendor.js';

/** Where a project's models are. */
export const LOCATION = '/v1/projects/([^/]+)/locations/([^/]+)';

/** GET a location: what tells whether a credential is accepted. https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations/get */
export const getLocation: Endpoint = {
  method: 'GET',
  path: new RegExp(`^${LOCATION}$`),
  body: 'none',
  modelOf: () => undefined,
  answer: ({ captured: [project, location] }) => ({
    kind: 'json',
    body: { name: `projects/${project}/locations/${location}`, locationId: location },
  }),
};
