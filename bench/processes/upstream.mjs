/**
 * A provider that answers at once and always the same: what is measured is what stands before it. `x-bench-events: N` in the
 * body's `user` field asks for a stream of N events; `idle` for one event and then silence.
 */
import { createServer } from 'node:http';

const usage = { prompt_tokens: 12, completion_tokens: 40, total_tokens: 52 };
const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'gpt-4.1-mini',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'x'.repeat(600), refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage,
  }),
);
const event = (delta, finish = null) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'gpt-4.1-mini', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`;
const first = event({ role: 'assistant', content: '', refusal: null });
const piece = event({ content: ' token' });
const last = `${event({}, 'stop')}data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'gpt-4.1-mini', choices: [], usage })}\n\ndata: [DONE]\n\n`;

/** Events are sent one per write, as providers do, a few per turn of the loop. */
function stream(response, events) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(first);
  let sent = 0;
  const more = () => {
    for (let i = 0; i < 4 && sent < events; i++, sent++) response.write(piece);
    if (sent < events) setImmediate(more);
    else response.end(last);
  };
  more();
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const wish = /"user":"bench-(\w+)"/.exec(body)?.[1];
    if (wish === undefined) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    } else if (wish === 'idle') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(first + piece);
    } else stream(response, Number(wish));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ type: 'ready', port: server.address().port }));
process.on('disconnect', () => process.exit(0));
