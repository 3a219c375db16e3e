import type { Answer } from './deliveries';
import { failingMs, judgeAnswer, pausesMs } from './judge-answer';
import { after, noon, waiting, webhook } from './webhooks.testkit';

const hourMs = 3_600_000;
const answered = (status: number, at = noon): Answer => ({ at, status });
const judge = (answer: Answer, attempts = 1, changes: Parameters<typeof webhook>[0] = {}) =>
  judgeAnswer({ webhook: webhook(changes), delivery: waiting('one', { attempts }) }, { answer }, 0);

describe('what follows from an answer', () => {
  it.each([200, 201, 204, 299])('%i is success', (status) =>
    expect(judge(answered(status))).toEqual({
      next: expect.objectContaining({ state: 'delivered', last: answered(status) }),
    }),
  );

  it.each([301, 302, 307, 400, 404, 500, 503])('%i is none, and a redirect is not followed', (status) =>
    expect(judge(answered(status))).toMatchObject({
      next: { state: 'waiting', nextAt: after(5_000) },
      changes: { failingSince: noon },
    }),
  );

  it('success forgets that there were failures', () =>
    expect(judge(answered(200), 3, { failingSince: after(-1) }).changes).toEqual({ failingSince: null }));

  it('tries come at 0 s, 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h, and no more', () => {
    const waits = Array.from({ length: 10 }, (_, tried) => {
      const { nextAt, state } = judge(answered(500), tried + 1).next;
      return nextAt === undefined ? state : (nextAt.getTime() - noon.getTime()) / 1_000;
    });
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, 'failed']);
  });

  it('chance adds a tenth at the most', () => {
    const delivery = waiting('one', { attempts: 2 });
    const { next } = judgeAnswer({ webhook: webhook(), delivery }, { answer: answered(500) }, 1);
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
    const delivery = waiting('one', { attempts: 1 });
    const asked = (retryAfterMs: number, status = 429) =>
      judgeAnswer({ webhook: webhook(), delivery }, { answer: answered(status), retryAfterMs }, 0);
    expect(asked(90_000)).toMatchObject({
      next: { nextAt: after(90_000) },
      changes: { resumeAt: after(90_000) },
    });
    expect(asked(99 * hourMs)).toMatchObject({ changes: { resumeAt: after(hourMs) } });
    expect(asked(90_000, 503)).toMatchObject({ next: { nextAt: after(90_000) } });
    expect(asked(90_000, 503).changes).not.toHaveProperty('resumeAt');
  });

  it('five days without success disable, and not a moment less', () => {
    const since = { failingSince: after(-failingMs) };
    expect(judge(answered(500), 1, since).changes).toMatchObject({ disabled: { because: 'failing' } });
    expect(judge(answered(500, after(-1)), 1, since).changes).not.toHaveProperty('disabled');
    expect(judge({ at: noon, reason: 'timed-out' }, 1, since).changes).toHaveProperty('disabled');
  });
});
