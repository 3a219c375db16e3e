import { connect } from 'node:net';
import { Body, Controller, Get, Module, Post, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload, Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { bootstrapApp, type RunningApp } from './bootstrap';
import { KeepError } from './keep-error';
import { createRuntime, type Runtime } from './runtime';
import { RuntimeModule } from './runtime.module';

@UseFilters(KeepError)
@Controller()
class EchoController {
  @Get('hello')
  hello(): string {
    return 'hello';
  }

  @Post('echo')
  echo(@Body() body: unknown): object {
    return { body };
  }

  @EventPattern('trips')
  trips(@Payload() _records: readonly string[], @Ctx() _context: object): Promise<never> {
    return Promise.reject(new TypeError('tripped'));
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

class CalledStrategy extends Server implements CustomTransportStrategy {
  readonly said: string[] = [];

  listen(started: () => void): void {
    this.said.push('listens');
    started();
  }
  close(): void {
    this.said.push('closed');
  }
  override on(): void {}
  override unwrap<T>(): T {
    throw new Error('nothing inside');
  }
  async call(pattern: string): Promise<unknown> {
    const answer: unknown = await this.getHandlerByPattern(pattern)?.(['a record'], {});
    return isObservable(answer) ? lastValueFrom(answer) : answer;
  }
}

const runtimeOf = (lines: string[] = []): Runtime =>
  createRuntime(
    'echo',
    { LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
    { write: (line) => void lines.push(line) },
  );

const using = async (
  work: (
    running: RunningApp,
    parts: { runtime: Runtime; strategy: CalledStrategy; lines: string[] },
  ) => Promise<void>,
): Promise<void> => {
  const lines: string[] = [];
  const runtime = runtimeOf(lines);
  const strategy = new CalledStrategy();
  const module = { module: EchoModule, imports: [RuntimeModule.with(runtime)] };
  const running = await bootstrapApp(module, {
    runtime,
    port: 0,
    host: '127.0.0.1',
    strategies: [strategy],
    bodyLimitBytes: 2_000,
  });
  try {
    await work(running, { runtime, strategy, lines });
  } finally {
    await running.close();
  }
};

const post = (url: string, type: string, body: string): Promise<Response> =>
  fetch(`${url}/echo`, { method: 'POST', body, headers: { 'content-type': type } });

describe('an app', () => {
  it.each([
    ['body', 'holds more than 400 values', JSON.stringify(Array.from({ length: 401 }, () => 0)), ''],
    ['body', 'is deeper than 16', `${'['.repeat(17)}${']'.repeat(17)}`, ''],
    ['query', 'holds more than 400 values', '{}', `?${'a&'.repeat(401)}`],
  ])('refuses a %s that %s', (part, reason, body, query) =>
    using(async ({ url }) => {
      const answer = await fetch(`${url}/echo${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ message: `The ${part} ${reason}` });
    }),
  );

  /* Written as one packet: however few of the crumbs are read, all of them are there. */
  const sentIn = (url: string, size: number, bytes: number): Promise<string> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(url);
      const json = `"${'a'.repeat(bytes)}"`;
      const pieces = Array.from({ length: Math.ceil(json.length / size) }, (_, index) =>
        json.slice(index * size, (index + 1) * size),
      );
      const body = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('');
      let answer = '';
      const socket = connect(Number(port), hostname)
        .on('data', (data) => (answer += data.toString()))
        .on('error', () => undefined)
        .on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
      const head = 'POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json';
      socket.write(`${head}\r\ntransfer-encoding: chunked\r\n\r\n${body}0\r\n\r\n`);
    });

  it('hangs up on a body that comes in crumbs, and serves on', () =>
    using(async ({ url }) => {
      await expect(sentIn(url, 1, 3_000)).resolves.toBe('');
      await expect(sentIn(url, 1, 40)).resolves.toMatch('HTTP/1.1 ');
      await expect(sentIn(url, 64, 30_000)).resolves.toMatch('HTTP/1.1 ');
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }));

  it('begins to consume last: not at all where its port is taken', () =>
    using(async ({ url }) => {
      const runtime = runtimeOf();
      const strategy = new CalledStrategy();
      const module = { module: EchoModule, imports: [RuntimeModule.with(runtime)] };
      const taken = { runtime, port: Number(new URL(url).port), host: '127.0.0.1', strategies: [strategy] };
      await expect(bootstrapApp(module, taken)).rejects.toThrow('EADDRINUSE');
      expect(strategy.said).not.toContain('listens');
    }));

  it('knows its routes, whoever added them', () =>
    using(async ({ routes }) => {
      expect(routes).toEqual(
        expect.arrayContaining([
          { method: 'GET', path: '/hello' },
          { method: 'POST', path: '/echo' },
          { method: 'GET', path: '/metrics' },
        ]),
      );
    }));

  it('is live, and ready as long as its parts are', () =>
    using(async ({ url }, { runtime }) => {
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      runtime.health.register('store', () => ({ up: false, detail: 'is away' }), 'ready');
      const ready = await fetch(`${url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ details: { store: { status: 'down', detail: 'is away' } } });
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }));

  it('is no longer live once a watchdog says so', () =>
    using(async ({ url }, { runtime }) => {
      runtime.health.register('consumer', () => ({ up: false, detail: 'stalled' }), 'live');
      expect((await fetch(`${url}/health/live`)).status).toBe(503);
    }));

  it('shows its own metrics, and none of its neighbours', () =>
    using(async ({ url }, { runtime }) => {
      runtimeOf().metrics.counter('texts_total', 'of another app').inc();
      runtime.metrics.counter('replies_total', 'of this app').inc();
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(text).toContain('replies_total{service="echo"} 1');
      expect(text).not.toContain('texts_total');
    }));

  it('shows which parts keep it from being ready', () =>
    using(async ({ url }, { runtime }) => {
      let up = true;
      runtime.health.register('store', () => ({ up }), 'ready');
      const shown = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();
      expect(await shown()).toContain('ready_check_up{check="store",service="echo"} 1');
      up = false;
      expect(await shown()).toContain('ready_check_up{check="store",service="echo"} 0');
      expect(await shown()).toContain('ready_check_up{check="app",service="echo"} 1');
    }));

  it('times requests by their route, and never shows their address', () =>
    using(async ({ url }) => {
      await fetch(`${url}/hello?phone=%2B12025550143`);
      await fetch(`${url}/trainees/+12025550143`);
      const text = await (await fetch(`${url}/metrics`)).text();
      const counted = 'http_request_seconds_count{service="echo",method="GET"';
      expect(text).toContain(`${counted},route="/hello",status="2xx"} 1`);
      expect(text).toContain(`${counted},route="none",status="4xx"} 1`);
      expect(text).not.toContain('2025550143');
    }));

  it('tells its metrics although one look at them fails', () =>
    using(async ({ url }, { runtime }) => {
      const away = runtime.metrics.gauge('waiting_texts', 'unknown while the store is away');
      runtime.metrics.beforeTelling(() => {
        away.set(Number.NaN);
        return Promise.reject(new Error('the store is away'));
      });
      expect(await (await fetch(`${url}/metrics`)).text()).toContain('waiting_texts{service="echo"} Nan');
    }));

  it('takes a request without a body for one with an empty one', () =>
    using(async ({ url }) => {
      const answer = await fetch(`${url}/echo`, { method: 'POST' });
      expect(await answer.json()).toMatchObject({ body: {} });
    }));

  it('does not read forms, which cost much for their size, unless it is taught to', () =>
    using(async ({ url }) => {
      expect((await post(url, 'application/x-www-form-urlencoded', 'a&'.repeat(900))).status).toBe(415);
    }));

  it('answers 413 to a body that is too long', () =>
    using(async ({ url }) =>
      expect((await post(url, 'application/json', JSON.stringify('x'.repeat(2_000)))).status).toBe(413),
    ));

  it('gives a strategy what its handler really threw', () =>
    using(async (_, { strategy }) => {
      const failure: unknown = await strategy.call('trips').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TypeError);
    }));

  it('logs a request without its query, and health checks not at all', () =>
    using(async ({ url }, { lines }) => {
      lines.length = 0;
      await fetch(`${url}/hello?phone=%2B12025550143`);
      await fetch(`${url}/health/live`);
      const requests = lines.filter((line) => line.includes('"req"'));
      expect(requests).toHaveLength(1);
      expect(requests[0]).toContain('"path":"/hello"');
      expect(lines.join('')).not.toContain('2025550143');
    }));

  it('stops once: readiness first, then its consumers', () =>
    using(async (running, { runtime, strategy }) => {
      const closing = Promise.all([running.close(), running.close()]);
      expect((await runtime.health.ready()).up).toBe(false);
      await closing;
      expect(strategy.said).toEqual(['listens', 'closed']);
      await expect(fetch(`${running.url}/hello`)).rejects.toThrow();
    }));

  it('is not ready before it listens', async () => {
    expect((await runtimeOf().health.ready()).up).toBe(false);
  });

  it('refuses to start on a port that is taken', () =>
    using(async ({ url }) => {
      const runtime = runtimeOf();
      const module = { module: EchoModule, imports: [RuntimeModule.with(runtime)] };
      const again = bootstrapApp(module, { runtime, port: Number(new URL(url).port), host: '127.0.0.1' });
      await expect(again).rejects.toThrow('EADDRINUSE');
    }));
});
