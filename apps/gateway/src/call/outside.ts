import type { Outside, Question } from '#libs/guardrails';
import { dialectOf, urlFor } from '#libs/providers';
import type { LiveModel } from '../live/live.js';
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
    askModel: async (slug, { to, body }, signal) => {
      const live = organization.models.get(slug);
      if (!live) throw new Error(`there is no model '${slug}'`);
      const question = { url: urlOf(live, to), headers: {}, body: JSON.stringify(body(live.model.upstreamModel)) };
      return json(await send(live, question, { ...TIMEOUTS, signal }, deps));
    },
  };
}

/** Where a model is asked. Throws for one whose provider has no such thing, or not in OpenAI's format. */
function urlOf({ provider, access, model }: LiveModel, to: Question['to']): string {
  const { upstreamModel } = model;
  if (to === 'screening') {
    if (!provider.screeningPath) throw new Error(`${provider.name} screens no texts`);
    return access.baseUrl + provider.screeningPath(upstreamModel);
  }
  if (to === 'chat' && dialectOf(provider, upstreamModel) !== 'openai-chat')
    throw new Error(`${provider.name} is not asked in OpenAI's chat format`);
  return urlFor(provider, access, to, { upstreamModel, stream: false, batch: false });
}

async function json(response: Awaited<ReturnType<CallDeps['upstream']['send']>>): Promise<unknown> {
  if (response.status < 200 || response.status > 299) {
    response.discard();
    throw new Error(`the service answered with status ${response.status}`);
  }
  return JSON.parse(await response.text(ANSWER_BYTES_MAX));
}
