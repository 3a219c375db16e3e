import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector gets it by OTLP, as far as it is looked at, with the service that told it. */
export type ToldSpan = {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
};

/** A collector of spans, by OTLP over HTTP in JSON. */
export type Collector = {
  readonly url: string;
  readonly spans: () => readonly ToldSpan[];
  /** All that was sent, as it came. */
  readonly everything: () => string;
  readonly close: () => Promise<void>;
};

type Attribute = { readonly key: string; readonly value: { readonly stringValue?: string } };
type Payload = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<ToldSpan, 'service'>[] }[];
  }[];
};

const spansIn = ({ resourceSpans }: Payload): readonly ToldSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const name = resource.attributes.find(({ key }) => key === 'service.name');
    const service = name?.value.stringValue ?? 'nobody';
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ service, ...span })));
  });

/** Listens on a free port; takes what comes at `/v1/traces`, and nothing else. */
export const startCollector = async (): Promise<Collector> => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const isFor = request.method === 'POST' && request.url === '/v1/traces';
      if (isFor) bodies.push(body);
      response.writeHead(isFor ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => bodies.flatMap((body) => spansIn(JSON.parse(body) as Payload)),
    everything: () => bodies.join('\n'),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
