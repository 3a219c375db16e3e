import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { createRuntime } from '../runtime';
import { until } from '../until';
import { otlpOf } from './otlp';
import { contextOf, readTraceparent, traceparentOf } from './trace-place';
import { ownContext, sampledBy, type Span } from './tracer';

const span = (more: Partial<Span> = {}): Span => ({
  context: ownContext(),
  name: 'work',
  kind: 'internal',
  startedAt: 1_772_366_400_000,
  endedAt: 1_772_366_400_012.5,
  attributes: {},
  ...more,
});

const runtimeFor = (endpoint?: string) => {
  const lines = new PassThrough();
  const config = { LOG_LEVEL: 'info', LOG_FORMAT: 'json' } as const;
  const runtime = createRuntime(
    'sms-sender',
    endpoint === undefined ? config : { ...config, OTEL_EXPORTER_OTLP_ENDPOINT: new URL(endpoint) },
    lines,
  );
  return { ...runtime, said: () => String(lines.read() ?? '') };
};

describe('the ids of a trace', () => {
  it('follow from the command alone, in every process', () => {
    const place = { command: 'SM1', steps: ['dialog-engine', 'events'] };
    expect(contextOf(place)).toEqual(contextOf({ ...place, steps: [...place.steps] }));
    expect(contextOf({ command: 'SM1' })).toEqual({
      traceId: expect.stringMatching(/^[\da-f]{32}$/),
      spanId: expect.stringMatching(/^[\da-f]{16}$/),
    });
    expect(contextOf(place).traceId).toBe(contextOf({ command: 'SM1' }).traceId);
    expect(contextOf(place).spanId).not.toBe(contextOf({ command: 'SM1' }).spanId);
  });

  it('are read from what was written, and from nothing else', () => {
    const context = contextOf({ command: 'SM1' });
    expect(readTraceparent(traceparentOf(context, true))).toEqual(context);
    const zeros = `00-${'0'.repeat(32)}-${context.spanId}-01`;
    for (const wrong of [
      undefined,
      '',
      '00-1-2-01',
      zeros,
      `ff${traceparentOf(context, true).slice(2)}`,
      'x'.repeat(9_999),
    ])
      expect(readTraceparent(wrong)).toBeUndefined();
  });

  it('decide whether it is sampled, the same way everywhere', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => contextOf({ command: `SM${n}` }).traceId);
    const share = (ratio: number) => ids.filter(sampledBy(ratio)).length / ids.length;
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(share(0.1)).toBeGreaterThan(0.07);
    expect(share(0.1)).toBeLessThan(0.13);
    const more = new Set(ids.filter(sampledBy(0.5)));
    expect(ids.filter(sampledBy(0.1)).every((id) => more.has(id))).toBe(true);
  });
});

describe('what a span says', () => {
  it.each([
    ['+12025550143', /43/],
    ['GET /v1/trainees/%2B12025550143', /trainees/],
    ['drill-start:12025550143:2026-03-01', /drill-start/],
  ])('never holds a phone: %s', (text, kept) => {
    const payload = JSON.stringify(
      otlpOf([span({ name: text, attributes: { [text]: text }, failure: text })], { 'service.name': text }),
    );
    expect(payload).not.toContain('2025550143');
    expect(payload).toMatch(kept);
  });

  it('keeps ids, offsets and times', () => {
    const sid = 'SM12345678901234567890123456789012';
    const payload = JSON.stringify(otlpOf([span({ attributes: { sid, offset: 12_025_550_143 } })], {}));
    expect(payload).toContain(sid);
    expect(payload).toContain('"intValue":"12025550143"');
    expect(payload).toContain(
      '"startTimeUnixNano":"1772366400000000000","endTimeUnixNano":"1772366400012500000"',
    );
  });
});

describe('a tracer', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const collector = async (answer: (body: string) => number | undefined): Promise<string> => {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (body += part));
      request.on('end', () => {
        const status = answer(body);
        if (status !== undefined) response.writeHead(status).end();
      });
    });
    servers.push(server);
    server.listen(0, '127.0.0.1').unref();
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('without a collector makes nothing and loads no package for it', async () => {
    const { tracer } = runtimeFor();
    expect([tracer.isOn, tracer.samples(ownContext().traceId)]).toEqual([false, false]);
    tracer.tell(span());
    await tracer.close();
    expect(Object.keys(require.cache).filter((path) => path.includes('opentelemetry'))).toEqual([]);
  });

  it('sends what is left when it closes', async () => {
    const bodies: string[] = [];
    const { tracer } = runtimeFor(await collector((body) => (bodies.push(body), 200)));
    tracer.tell(span({ name: 'the last word' }));
    await tracer.close();
    expect(bodies.join()).toContain('the last word');
    expect(bodies.join()).toContain('"stringValue":"sms-sender"');
  });

  it('says once that the collector is away, counts what it drops, and never waits', async () => {
    const { tracer, metrics, said } = runtimeFor(await collector(() => 503));
    for (let n = 0; n < 5_000; n += 1) tracer.tell(span());
    await until(async () => /outcome="dropped"[^}]*} [1-9]/.test(await metrics.text()));
    await tracer.close();
    expect(said().match(/takes no spans/g)).toHaveLength(1);
    expect(await metrics.text()).toMatch(/trace_spans_total\{[^}]*outcome="sent"[^}]*} 0/);
  });

  it('lets a stop go on while the collector does not answer', async () => {
    const { tracer } = runtimeFor(await collector(() => undefined));
    tracer.tell(span());
    const startedAt = performance.now();
    await tracer.close();
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
