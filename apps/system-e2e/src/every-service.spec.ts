import { type Playground } from '@stopcovid/playground';
import { startQuietPlayground, services } from './quiet-playground.testkit';

describe('every service', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startQuietPlayground();
  });
  afterAll(() => playground.close());

  it('is in the playground', () => expect([...playground.services.keys()].sort()).toEqual(services));

  it.each(services)("shows its own metrics and the process's: %s", async (name) => {
    const answer = await fetch(`${playground.services.get(name)?.url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const metric of [
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(text).toMatch(new RegExp(`^${metric} \\d`, 'm'));
    const helps = text.match(/^# HELP \S+/gm) ?? [];
    expect(new Set(helps).size).toBe(helps.length);
  });
});
