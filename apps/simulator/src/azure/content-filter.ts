import { fields } from '../json.js';
import type { Answer, StreamEvent } from '../vendor.js';

const VERDICT = { filtered: false, severity: 'safe' };
const FILTERS = { hate: VERDICT, self_harm: VERDICT, sexual: VERDICT, violence: VERDICT };
const OF_PROMPT = [{ prompt_index: 0, content_filter_results: FILTERS }];

/**
 * A chat completion with what Azure's content filter says of it: in a stream, a first chunk of its own that has neither choice
 * nor model. https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming
 */
export function withFilterResults(answer: Answer): Answer {
  if (answer.kind === 'json') {
    return { ...answer, body: { ...fields(answer.body), prompt_filter_results: OF_PROMPT } };
  }
  return answer.kind === 'stream' ? { ...answer, events: afterFilter(answer.events) } : answer;
}

function* afterFilter(events: Iterable<StreamEvent>): Iterable<StreamEvent> {
  const chunk = { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: OF_PROMPT };
  yield { data: JSON.stringify(chunk), paced: false };
  yield* events;
}
