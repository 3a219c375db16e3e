import { connect } from 'node:net';

/** A request as it goes over the wire; `body` is sent with its length unless a header says how it comes. */
export type RawRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
};

const framed = ({ headers = [], body = '' }: RawRequest): readonly (readonly [string, string])[] =>
  headers.some(([name]) => name === 'transfer-encoding')
    ? headers
    : [...headers, ['content-length', String(Buffer.byteLength(body))]];

/** The request's bytes; the server closes the connection after its answer. */
export const bytesOf = (request: RawRequest): Buffer => {
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    ...framed(request).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${request.body ?? ''}`, 'utf8');
};

/** What came back: its status, or `cut` where the server hung up without one. */
export type RawAnswer = { readonly status: number | 'cut'; readonly text: string };

/** Sends these bytes over a connection of their own and reads until the server hangs up, or for so many ms. */
export const sendRaw = (url: string, bytes: Buffer, limitMs = 10_000): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setNoDelay();
    socket.setTimeout(limitMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (chunk.includes('text/event-stream')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
      resolve({ status: status === undefined ? 'cut' : Number(status), text });
    });
  });
