import type { Outside } from '#libs/guardrails';
import { urlFor } from '#libs/providers';
import type { CallDeps, Routed } from './call.types.js';
import { send } from './send.js';

const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const TIMEOUTS = { connectMs: 2_000, silenceMs: 30_000 };

/** The ways out that guardrails have: the one HTTP client, which refuses private networks, and the organization's own models. */
export function outsideOf({ organization }: Routed, deps: CallDeps): Outside {
  return {
    postJson: async (url, body, signal) => {
      const headers = { accept: 'application/json' };
      const request = { url, headers, body: JSON.stringify(body), signal, ...TIMEOUTS };
      return json(await deps.upstream.send(request));
    },
    moderate: async (slug, texts, signal) => {
      const live = organization.models.get(slug);
      if (!live) throw new Error(`there is no model '${slug}'`);
      const { upstreamModel } = live.model;
      const url = urlFor(live.provider, live.access, 'moderations', { upstreamModel, stream: false, batch: false });
      const body = JSON.stringify({ model: upstreamModel, input: texts });
      return json(await send(live, { url, headers: {}, body }, { ...TIMEOUTS, signal }, deps));
    },
  };
}

async function json(response: Awaited<ReturnType<CallDeps['upstream']['send']>>): Promise<unknown> {
  if (response.status < 200 || response.status > 299) {
    response.discard();
    throw new Error(`the service answered with status ${response.status}`);
  }
  return JSON.parse(await response.text(ANSWER_BYTES_MAX));
}
