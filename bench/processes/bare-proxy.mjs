/**
 * The limit of the platform: node:http in, undici out, both bodies parsed, the model replaced, the usage read. No
 * authentication, limits or record. Streams are piped through.
 */
import { createServer } from 'node:http';
import { Pool } from 'undici';

const upstream = new Pool(process.env.BENCH_UPSTREAM, { connections: 4096 });

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    body.model = 'gpt-4.1-mini';
    const answer = await upstream.request({
      method: 'POST',
      path: '/v1/chat/completions',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', authorization: 'Bearer sk-upstream' },
    });
    response.on('close', () => answer.body.destroy());
    if (body.stream) {
      response.writeHead(answer.statusCode, { 'content-type': 'text/event-stream' });
      answer.body.on('error', () => response.destroy());
      answer.body.pipe(response);
      return;
    }
    const text = await answer.body.text();
    const parsed = JSON.parse(text);
    response.writeHead(answer.statusCode, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'x-total-tokens': parsed.usage.total_tokens,
    });
    response.end(text);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ type: 'ready', port: server.address().port }));
process.on('disconnect', () => process.exit(0));
