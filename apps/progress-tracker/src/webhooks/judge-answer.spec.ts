import type { Answer } from './deliveries';
import { changesBy, failingMs, judgeAnswer, pausesMs, silenceMs, type Response } from './judge-answer';
import type { Webhook } from './webhook';
import { inMemoryWebhooks } from './webhooks';
import { after, noon, waiting, webhook } from './webhooks.testkit';

const hourMs = 3_600_000;
const answered = (status: number, at = noon): Answer => ({ at, status });
const both = (response: Response, attempts = 1, known: Partial<Webhook> = {}, chance = 0) => ({
  next: judgeAnswer(waiting('one', { attempts }), response, chance),
  changes: changesBy(webhook(known), response),
});
const judge = (answer: Answer, attempts = 1, known: Partial<Webhook> = {}) =>
  both({ answer }, attempts, known);

/** A webhook after answers, each told by whoever read it as the answers before had left it. */
const afterAll = async (answers: readonly (readonly [ms: number, status: number])[]): Promise<Webhook> => {
  const webhooks = inMemoryWebhooks();
  await webhooks.add(webhook());
  for (const [ms, status] of answers) {
    const known = await webhooks.one('wh_one');
    if (known !== undefined)
      await webhooks.change('wh_one', changesBy(known, { answer: answered(status, after(ms)) }));
  }
  return (await webhooks.one('wh_one')) ?? webhook();
};

describe('what follows from an answer', () => {
  it.each([200, 201, 204, 299])('%i is success', (status) =>
    expect(judge(answered(status))).toEqual({
      next: expect.objectContaining({ state: 'delivered', last: answered(status) }),
      changes: { succeededAt: noon },
    }),
  );

  it.each([301, 302, 307, 400, 404, 500, 503])('%i is none, and a redirect is not followed', (status) =>
    expect(judge(answered(status))).toMatchObject({
      next: { state: 'waiting', nextAt: after(5_000) },
      changes: { failingSince: noon },
    }),
  );

  it('success forgets that there were failures', () =>
    expect(judge(answered(200), 3, { failingSince: after(-2), failedAt: after(-1) }).changes).toEqual({
      ...{ succeededAt: noon, failingSince: null, failedAt: null },
    }));

  it('tries come at 0 s, 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h, and no more', () => {
    const waits = Array.from({ length: 10 }, (_, tried) => {
      const { nextAt, state } = judge(answered(500), tried + 1).next;
      return nextAt === undefined ? state : (nextAt.getTime() - noon.getTime()) / 1_000;
    });
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, 'failed']);
  });

  it('chance adds a tenth at the most', () => {
    const { next } = both({ answer: answered(500) }, 2, {}, 1);
    expect(next.nextAt).toEqual(after(Number(pausesMs[1]) * 1.1));
  });

  it('410 disables at once', () =>
    expect(judge(answered(410))).toMatchObject({
      next: { state: 'failed' },
      changes: { disabled: { at: noon, because: 'gone' } },
    }));

  it.each([429, 502, 504])('%i slows all to the address down', (status) =>
    expect(judge(answered(status)).changes).toMatchObject({ resumeAt: after(60_000) }),
  );

  it('a pause that is asked for is kept, up to an hour', () => {
    const asked = (retryAfterMs: number, status = 429) => both({ answer: answered(status), retryAfterMs });
    expect(asked(90_000)).toMatchObject({
      next: { nextAt: after(90_000) },
      changes: { resumeAt: after(90_000) },
    });
    expect(asked(99 * hourMs)).toMatchObject({ changes: { resumeAt: after(hourMs) } });
    expect(asked(90_000, 503)).toMatchObject({ next: { nextAt: after(90_000) } });
    expect(asked(90_000, 503).changes).not.toHaveProperty('resumeAt');
  });

  it('five days of tries without success disable, and not a moment less', () => {
    const since = { failingSince: after(-failingMs), failedAt: after(-silenceMs) };
    expect(judge(answered(500), 1, since).changes).toMatchObject({ disabled: { because: 'failing' } });
    expect(judge(answered(500, after(-1)), 1, since).changes).not.toHaveProperty('disabled');
    expect(judge({ at: noon, reason: 'timed-out' }, 1, since).changes).toHaveProperty('disabled');
  });

  it('what failed before a long silence counts no more', async () => {
    expect(
      await afterAll([
        [0, 500],
        [hourMs, 500],
        [hourMs + silenceMs + 1, 500],
        [97 * hourMs, 500],
        [failingMs, 500],
      ]),
    ).toMatchObject({ failingSince: after(hourMs + silenceMs + 1), failedAt: after(failingMs) });
    expect(
      await afterAll([
        [0, 500],
        [failingMs, 500],
      ]),
    ).not.toHaveProperty('disabled');
  });

  it('one that is disabled already is not disabled again', () => {
    const known = {
      failingSince: after(-failingMs),
      failedAt: noon,
      disabled: { at: noon, because: 'gone' } as const,
    };
    expect(judge(answered(500), 1, known).changes).toEqual({});
  });
});

describe('of tries that end together', () => {
  it.each([
    [
      'a success that is told first',
      [
        [2, 200],
        [1, 500],
      ],
      undefined,
    ],
    [
      'a success that is told last',
      [
        [1, 500],
        [2, 200],
      ],
      undefined,
    ],
    [
      'a failure that is told first',
      [
        [2, 500],
        [1, 200],
      ],
      2,
    ],
    [
      'a failure that is told last',
      [
        [1, 200],
        [2, 500],
      ],
      2,
    ],
    [
      'a success between two failures',
      [
        [1, 500],
        [3, 500],
        [2, 200],
      ],
      3,
    ],
    [
      'an earlier failure that is told last',
      [
        [2, 500],
        [1, 500],
      ],
      1,
    ],
  ] as const)('the later one holds: %s', async (_what, answers, since) =>
    expect((await afterAll(answers)).failingSince).toEqual(since === undefined ? undefined : after(since)),
  );
});
