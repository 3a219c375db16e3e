import { phoneSchema } from '@stopcovid/contracts';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';

const bar = (phone: string, unitId: string) => ({
  phone: phoneSchema.parse(phone),
  trainee: { ...registered, account: { employerId: 'acme', unitId, labels: ['new', 'night'] } },
});
const ann = bar('+12025550171', 'bar');
const bob = bar('+12025550172', 'bar');
const eve = bar('+12025550173', 'kitchen');

describe('the figures of the progress API', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeAll(async () => {
    tracker = await runningTracker();
    const own = (name: string) => ({ runId: `run-${name}` });
    await tracker.tell(
      batchOf(1, [{ ...started('one'), ...own('ann') } as never], ann),
      batchOf(2, [event('PromptCompleted', own('ann')), completed('one', own('ann'))], ann),
      batchOf(1, [{ ...started('one'), ...own('bob') } as never], bob),
      batchOf(2, [event('PromptFailed', { ...own('bob'), option: 'a' })], bob),
      batchOf(1, [{ ...started('one'), ...own('eve') } as never], eve),
      batchOf(2, [event('TraineeRegistered'), { ...started('one'), runId: 'run-anew' } as never], eve),
    );
  }, 15_000);
  afterAll(() => tracker.close());

  const ask = (path: string) => tracker.ask(`/v1/stats/${path}`);

  it('tell of each unit how many were assigned, started and completed, with their denominators', async () => {
    const { body } = await ask('completion?by=unit&employerId=acme');
    expect(body).toMatchObject({
      asOf: expect.stringMatching(/^\d{4}-/),
      days: expect.stringContaining('local days'),
      attribution: expect.stringContaining('when the run began'),
      lines: [
        {
          group: { employerId: 'acme', unitId: 'bar' },
          assigned: 2,
          started: 2,
          completed: 1,
          ofAssigned: { count: 1, of: 2, share: 0.5 },
        },
        { group: { employerId: 'acme', unitId: 'kitchen' }, assigned: 1, started: 0, completed: 0 },
      ],
      total: { assigned: 3, completed: 1 },
    });
  });

  it.each([
    ['completion', []],
    [
      'completion?by=week,language',
      [
        { week: '2026-W09', language: 'en' },
        { week: '2026-W10', language: 'en' },
      ],
    ],
    ['completion?by=day&from=2026-03-02', [{ day: '2026-03-02' }]],
    ['completion?by=drill&until=2026-02-01', []],
  ])('group and filter: %s', async (path, groups) => {
    const { body } = await ask(path);
    expect((body['lines'] as { group: object }[]).map(({ group }) => group)).toEqual(groups);
  });

  it('tell of each question of a drill where runs end and how it was answered', async () => {
    const { body } = await ask('items?drill=one');
    expect(body).toMatchObject({
      drill: 'one',
      revisions: [
        {
          language: 'en',
          runs: 3,
          questions: [
            {
              prompt: 'first',
              reached: 3,
              answered: 2,
              dropOff: { count: 1, of: 3 },
              item: { grade: 'countsOnly', facility: { count: 1, of: 2, share: null } },
            },
          ],
        },
      ],
    });
  });

  it('tell of each prompt of a drill who reached it, and from where', async () =>
    expect((await ask('funnel?drill=one&unitId=bar')).body).toMatchObject({
      days: expect.stringContaining('local days'),
      drill: 'one',
      revisions: [
        {
          language: 'en',
          runs: 2,
          prompts: [{ prompt: 'first', reached: 2, answered: 2, after: [{ prompt: null, runs: 2 }] }],
        },
      ],
    }));

  it('list the employers and the drills that there are runs of', async () => {
    const asOf = expect.stringMatching(/^\d{4}-/);
    expect((await tracker.ask('/v1/employers')).body).toEqual({
      asOf,
      employers: [
        { employerId: 'acme', unitIds: ['bar', 'kitchen'], trainees: 3, runs: 3, lastDay: '2026-03-02' },
      ],
    });
    expect((await tracker.ask('/v1/employers?trainees=false')).body).toEqual({
      asOf,
      employers: [{ employerId: 'acme', unitIds: ['bar', 'kitchen'], runs: 3, lastDay: '2026-03-02' }],
    });
    expect((await tracker.ask('/v1/drills')).body).toMatchObject({
      asOf,
      drills: [{ drill: 'one', languages: ['en'], runs: 3, completed: 1, lastDay: '2026-03-02' }],
    });
  });

  it('tell who takes part, and what that leaves out', async () =>
    expect((await ask('engagement?by=unit,month')).body).toMatchObject({
      days: expect.stringContaining('of their replies'),
      without: expect.stringContaining('demonstrations'),
      lines: [
        {
          group: { employerId: 'acme', unitId: 'bar', month: '2026-03' },
          activeTrainees: 2,
          engaged: { count: 2, of: 2 },
          participation: { count: 2, of: 2 },
        },
        { group: { unitId: 'kitchen' }, activeTrainees: 0, engaged: { count: 0, of: 1 } },
      ],
      total: { activeTrainees: 2 },
    }));

  it('list overdue runs in pages, filtered like the others', async () => {
    const first = (await ask('overdue?employerId=acme&limit=1')).body;
    expect(first).toMatchObject({
      items: [
        { phone: bob.phone, drill: 'one', dueOn: '2026-03-01', open: { prompt: 'first' }, unitId: 'bar' },
      ],
      nextCursor: expect.stringMatching(/^[\w-]+$/),
    });
    const second = (await ask(`overdue?employerId=acme&limit=1&cursor=${String(first['nextCursor'])}`)).body;
    expect(second).toMatchObject({ items: [{ phone: eve.phone, dueOn: '2026-03-02' }] });
    expect(second).not.toHaveProperty('nextCursor');
    expect((await ask('overdue?unitId=nowhere')).body).toMatchObject({ items: [] });
  });

  it('take a page of overdue runs for no other question', async () => {
    const { body } = await ask('overdue?employerId=acme&limit=1');
    const { status } = await ask(`overdue?unitId=bar&cursor=${String(body['nextCursor'])}`);
    expect(status).toBe(400);
  });

  it('tell what several trainees missed alike, without their numbers', async () => {
    const { body } = await ask('near-misses?drill=one');
    expect(body).toMatchObject({ drill: 'one', shared: 0, items: [] });
    expect(JSON.stringify(body)).not.toContain('+1202');
  });

  it.each([
    ['completion?by=unit', /^employerId,unitId,assigned,/, [/^acme,bar,2,2,2,1,/, /^acme,kitchen,1,/]],
    ['completion?employerId=acme', /^assigned,/, [/^3,3,2,1,/]],
    ['engagement?by=month,label', /^month,label,activeTrainees,/, [/^2026-03,new,2,/, /^2026-03,night,2,/]],
    [
      'reminders?by=unit',
      /^employerId,unitId,sent,reminded_count,/,
      [/^acme,bar,0,0,2,0,/, /^acme,kitchen,0,0,1,/],
    ],
    ['items?drill=one', /^revision,language,runs,prompt,/, [/^a+,en,3,first,3,2,.*"\[\{""option"":/]],
    [
      'overdue?employerId=acme',
      /^phone,runId,/,
      [/^\+12025550172,run-bob,acme,bar,one,2026-03-01,/, /^\+12025550173/],
    ],
  ])('are a file of the same: %s', async (path, head, rows) => {
    const [first, ...others] = await tracker.lines(`/v1/stats/${path}&format=csv`);
    expect(first).toMatch(head);
    expect(others).toEqual(rows.map((row) => expect.stringMatching(row)));
  });

  it('answer for a drill that nobody had with nothing', async () =>
    expect((await ask('items?drill=never')).body).toMatchObject({ revisions: [] }));

  it.each([
    ['completion?by=planet', 'by takes employer, unit, label'],
    ['completion?by=day,day', 'by names each grouping once'],
    ['completion?from=2026-02-30', 'from must be a day such as 2026-03-01'],
    ['completion?from=2026-03-02&until=2026-03-02', 'from must be before until'],
    ['completion?unit=bar', 'property unit should not exist'],
    ['completion?employerId[$gt]=', 'property employerId[$gt] should not exist'],
    ['overdue?cursor=YWJj', 'cursor is not one that this service gave'],
    ['overdue?limit=0', 'limit must not be less than 1'],
    ['completion?format=xlsx', 'format takes json, csv, ndjson, parquet'],
    ['overdue?format=csv&limit=5', 'a file has the whole list: leave limit out'],
    ['funnel?drill=one&format=csv', 'property format should not exist'],
    ['near-misses', 'drill must be the slug of a drill'],
    ['engagement?by=planet', 'by takes employer, unit, label'],
    ['funnel', 'drill must be the slug of a drill'],
    ['items', 'drill must be the slug of a drill'],
    ['items?drill=One%20Two', 'drill must be the slug of a drill'],
  ])('refuse %s, saying why', async (path, why) => {
    const { status, body } = await ask(path);
    expect([status, String(body['detail'])]).toEqual([400, expect.stringContaining(why)]);
  });
});
