import { connect, type Socket } from 'node:net';

/** What came back over a raw connection: `status` is null when it was closed without an answer. */
export interface RawAnswer {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One piece of a request; a number is a pause in milliseconds. */
export type Piece = string | Buffer | number;

/** Longer than any answer takes: a connection that neither answers nor closes is a finding. */
const PATIENCE_MS = 20_000;

/**
 * Writes the pieces as they are, byte for byte, which no HTTP client would, and reads to the end of the connection (or of
 * the answer, by its length). Rejects when nothing happens for 20 s.
 */
export async function sendRaw(port: number, pieces: Iterable<Piece>): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(PATIENCE_MS);
  try {
    const answered = readAnswer(socket);
    void writeAll(socket, pieces);
    return await answered;
  } finally {
    socket.destroy();
  }
}

async function writeAll(socket: Socket, pieces: Iterable<Piece>): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    if (typeof piece === 'number') await new Promise((resolve) => setTimeout(resolve, piece));
    else if (!socket.write(piece)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
}

function readAnswer(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      const answer = parseAnswer(bytes);
      if (answer && answer.body.length >= Number(answer.headers['content-length'] ?? Number.POSITIVE_INFINITY))
        resolve(answer);
    });
    // A reset after the answer is how a server says that it will not read the rest of the request.
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(parseAnswer(bytes) ?? { status: null, headers: {}, body: '' }));
    socket.once('timeout', () => reject(new Error(`no answer in ${PATIENCE_MS} ms`)));
  });
}

function parseAnswer(bytes: Buffer): RawAnswer | null {
  const text = bytes.toString('latin1').replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '');
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const [first = '', ...lines] = text.slice(0, head).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(first.split(' ')[1]), headers, body: text.slice(head + 4) };
}
