import { phoneSchema } from '@stopcovid/contracts';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';

type Item = Readonly<Record<string, unknown>>;
type Tracker = Awaited<ReturnType<typeof runningTracker>>;

const trainee = { ...registered, account: { employerId: 'acme', unitId: 'bar', labels: ['new', 'night'] } };

/** As the columns of a file have it: what is inside of what has both names. */
const flat = ({ score, ...item }: Item): Item => ({
  ...item,
  ...Object.fromEntries(Object.entries(score ?? {}).map(([name, value]) => [`score_${name}`, value])),
});

/** Somebody who began on a day, was unclear, then wrong, then right. */
const training = (name: string, day = 1) => {
  const who = { phone: phoneSchema.parse(`+1202555${1_000 + name.charCodeAt(0)}`), trainee };
  const own = { runId: `run-${name}` };
  return [
    batchOf(day, [{ ...started('one'), ...own } as never], { ...who, version: 1 } as never),
    batchOf(
      day + 1,
      [
        event('ReplyUnclear', own),
        event('PromptFailed', { ...own, response: '=gloves', option: 'a' }),
        event('PromptCompleted', { ...own, attempt: 2, option: 'b' }),
        completed('one', own),
      ],
      { ...who, version: 2 } as never,
    ),
  ];
};

describe('runs and answers of the progress API', () => {
  let tracker: Tracker;
  beforeEach(async () => {
    tracker = await runningTracker();
    await tracker.tell(...training('a'), ...training('b'), ...training('c'));
  });
  afterEach(() => tracker.close());

  /** All pages of a list; between the first two of them something happens. */
  const pages = async (path: string, meanwhile?: () => Promise<void>): Promise<readonly Item[]> => {
    const found: Item[] = [];
    for (let cursor = ''; ;) {
      const { status, body } = await tracker.ask(`${path}${cursor}`);
      expect(status).toBe(200);
      found.push(...(body['items'] as Item[]));
      if (body['nextCursor'] === undefined) return found;
      if (cursor === '') await meanwhile?.();
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
  };

  it('say of a run what it is grouped by and how far it came', async () => {
    const { body } = await tracker.ask('/v1/runs?limit=1&employerId=acme&status=completed');
    expect(body).toMatchObject({
      asOf: expect.any(String),
      items: [
        {
          runId: 'run-a',
          phone: '+12025551097',
          employerId: 'acme',
          unitId: 'bar',
          labels: ['new', 'night'],
          drill: 'one',
          language: 'en',
          reason: 'registered',
          day: '2026-03-01',
          status: 'completed',
          startedAt: '2026-03-01T10:00:00.000Z',
          endedAt: '2026-03-02T10:00:00.000Z',
          endedDay: '2026-03-02',
          right: 1,
          graded: 1,
          score: { count: 0, of: 1, share: 0 },
          changedAt: '2026-03-02T10:00:00.000Z',
        },
      ],
    });
  });

  it('say of each reply how it was read', async () => {
    const { body } = await tracker.ask('/v1/answers?limit=2');
    const common = { runId: 'run-a', prompt: 'first', at: '2026-03-02T10:00:00.000Z', afterMs: 86_400_000 };
    expect(body).toMatchObject({
      items: [
        { ...common, verdict: 'unclear', response: 'hm' },
        { ...common, verdict: 'wrong', response: '=gloves', option: 'a', attempt: 1 },
      ],
      without: expect.stringContaining('before replies were kept'),
    });
  });

  it('come each once where all began at the same time, whatever is added between pages', async () => {
    const added = () => tracker.tell(...training('0'), ...training('d', 2));
    const runs = await pages('/v1/runs?limit=2', added);
    expect(runs.map(({ runId }) => runId)).toEqual(['run-a', 'run-b', 'run-c', 'run-d']);
  });

  it('go on within a run, whatever is added between pages', async () => {
    const added = () => tracker.tell(...training('0'));
    const answers = await pages('/v1/answers?limit=2', added);
    expect(answers.map(({ runId, verdict }) => `${String(runId)} ${String(verdict)}`)).toEqual(
      ['run-a', 'run-b', 'run-c'].flatMap((run) => [`${run} unclear`, `${run} wrong`, `${run} right`]),
    );
  });

  it.each(['/v1/runs', '/v1/answers'])('are the same rows as a file: %s', async (path) => {
    const lines = await tracker.lines(`${path}?format=ndjson`);
    const rows = lines.map((line) => JSON.parse(line) as Item);
    const items = await pages(`${path}?limit=500`);
    expect(rows).toEqual(
      rows.map((row, index) => ({
        ...Object.fromEntries(Object.keys(row).map((name) => [name, null])),
        superseded: false,
        ...(path === '/v1/answers' && { reminded: false }),
        ...flat(items[index] ?? {}),
        labels: 'new night',
      })),
    );
    expect(rows).toHaveLength(items.length);
  });

  it.each(['/v1/runs', '/v1/answers'])(
    'are those of runs that changed since a moment, in pages and as a file: %s',
    async (path) => {
      const since = `${path}?changedSince=2026-03-02T12:00:00%2B02:00`;
      const rows = path === '/v1/runs' ? 3 : 9;
      await expect(pages(`${since}&limit=2`)).resolves.toHaveLength(rows);
      await expect(tracker.lines(`${since}&format=ndjson`)).resolves.toHaveLength(rows);
      await expect(pages(`${path}?changedSince=2026-03-02T10:00:00.001Z`)).resolves.toEqual([]);
      const [first] = await pages(`${path}?limit=1&changedSince=2026-03-02`);
      expect(first).toMatchObject({ runId: 'run-a' });
    },
  );

  it('tell who keeps them which count no more, by when they changed alone', async () => {
    const phone = phoneSchema.parse('+12025551097');
    const again = event('TraineeRegistered');
    await tracker.tell(batchOf(5, [again], { phone, trainee, version: 3 } as never));
    const changed = await pages('/v1/runs?changedSince=2026-03-05');
    expect(changed).toMatchObject([
      { runId: 'run-a', superseded: true, changedAt: '2026-03-05T10:00:00.000Z' },
    ]);
    const answers = await pages('/v1/answers?changedSince=2026-03-05');
    expect(answers.map(({ runId, superseded }) => [runId, superseded])).toEqual(
      Array(3).fill(['run-a', true]),
    );
    await expect(pages('/v1/runs?limit=500')).resolves.toHaveLength(2);
    const [row] = await tracker.lines('/v1/runs?changedSince=2026-03-05&format=ndjson');
    expect(JSON.parse(String(row))).toMatchObject({ superseded: true });
  });

  it('have no formula in their words', async () => {
    const [, , wrong] = await tracker.lines('/v1/answers?format=csv');
    expect(wrong).toContain(",'=gloves,wrong,");
  });

  it.each([
    ['runs?status=open', 'status takes running, completed, abandoned'],
    ['runs?from=2026-03-02&until=2026-03-01', 'from must be before until'],
    ['answers?changed=1', 'property changed should not exist'],
    ['runs?changedSince=yesterday', 'changedSince must be a time such as'],
  ])('refuse %s, saying why', async (path, why) => {
    const { status, body } = await tracker.ask(`/v1/${path}`);
    expect([status, body['detail']]).toEqual([400, expect.stringContaining(why)]);
  });

  it('take a page of runs for no list of answers', async () => {
    const { body } = await tracker.ask('/v1/runs?limit=1');
    const { status } = await tracker.ask(`/v1/answers?limit=1&cursor=${String(body['nextCursor'])}`);
    expect(status).toBe(400);
  });
});
