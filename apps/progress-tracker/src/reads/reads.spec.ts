import { phoneSchema } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { addressOf, routeCases } from '../keys/routes.testkit';
import { logRecord } from '../messages/messages.testkit';
import { runningTracker } from '../operations/operations.testkit';
import { recordsOn, takesCourse } from '../records/records.testkit';
import { batchOf, event, maria, registered } from '../tracker.testkit';

const rosa = phoneSchema.parse('+12025550141');
const phones = /\+(?:12025550143|12025550141)/;
const headers = { authorization: 'Bearer a-key-of-the-spec-itself' };

type Line = { readonly by?: string; readonly read?: { readonly list: string; readonly count: number } };

describe('who reads of persons', () => {
  const on = recordsOn();
  const log: string[] = [];
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    tracker = await runningTracker({ settings: on.settings, logTo: (line) => void log.push(line) });
    const run = { runId: 'run-maria', drill: 'one' };
    await tracker.tell(
      batchOf(1, [event('DrillStarted', run)]),
      batchOf(2, [event('PromptFailed', { ...run, response: 'gloves' }), event('SupportRequested')]),
      ...takesCourse(true, { phone: rosa }),
    );
    await tracker.openAllDay(String(registered.account.employerId));
    const text = { messageId: 'text', error: { code: 'STALE', message: 'no' }, body: 'Hi', phone: maria };
    await tracker.tellOfTexts(logRecord('SmsSent', text, 1));
    const sent = await tracker.ask(`/v1/trainees/${maria}/actions/message`, { body: { text: 'Hello' } });
    const [record] = (await tracker.ask('/v1/records')).body['items'] as readonly { readonly id: string }[];
    const made = await tracker.ask('/v1/exports', { body: { list: 'runs', format: 'csv' } });
    ids['COMMAND'] = encodeURIComponent(String(sent.body['commandId']));
    ids['RECORD'] = String(record?.id);
    ids['EXPORT'] = String(made.body['id']);
    await until(
      async () => (await tracker.ask(`/v1/exports/${String(made.body['id'])}`)).body['state'] === 'ready',
    );
  }, 20_000);
  afterAll(async () => {
    await tracker.close();
    on.remove();
  });

  const at = (route: string): string =>
    addressOf(route, routeCases[route] ?? { role: 'analyst', reach: 'keepsToEmployers' }).replace(
      /COMMAND|RECORD|EXPORT/,
      (name) => String(ids[name]),
    );
  const read = async (path: string) => {
    const before = log.length;
    const response = await fetch(`${tracker.url}${path}`, { headers });
    const text = await response.text();
    const lines = (): readonly Line[] =>
      log
        .slice(before)
        .filter((line) => line.includes('"request completed"'))
        .map((line) => JSON.parse(line) as Line);
    await until(() => Promise.resolve(lines().length > 0));
    return { text, line: lines()[0] };
  };
  const rowsIn = (text: string): number => {
    if (!text.startsWith('{')) return text.trim().split('\r\n').length - 1;
    const { items } = JSON.parse(text) as { items?: readonly unknown[] };
    return items?.length ?? 1;
  };

  const routes = Object.keys(routeCases).filter((route) => route.startsWith('GET '));
  const files = ['/v1/runs', '/v1/answers', '/v1/stats/overdue'].map((path) => `${path}?format=csv`);

  it('is in the log, with the number of rows, of every route whose answer has a phone', async () => {
    const told: string[] = [];
    for (const path of [...routes.map(at), ...files]) {
      const { text, line } = await read(path);
      if (!phones.test(text)) continue;
      told.push(path);
      expect([path, line]).toMatchObject([path, { by: 'spec', read: { count: rowsIn(text) } }]);
    }
    expect(told.length).toBeGreaterThan(12);
  });

  it('is in it for each file that is made, and each that is had', async () => {
    expect((await read(at('GET /v1/exports/:id/file'))).line).toMatchObject({
      read: { list: 'export', count: 2 },
    });
    const made = log
      .filter((line) => line.includes('an export is ready'))
      .map((line) => JSON.parse(line) as Line);
    expect(made).toMatchObject([{ by: 'spec', read: { list: 'runs', count: 2 } }]);
  });

  it('is nothing where nobody is told of, and says no phone', async () => {
    const { line } = await read(`/v1/trainees/${encodeURIComponent('+12025559999')}`);
    expect(line).not.toHaveProperty('read');
    expect((await read('/v1/stats/completion')).line).not.toHaveProperty('read');
    expect(log.filter((line) => line.includes('"read"')).join('')).not.toMatch(phones);
  });
});
