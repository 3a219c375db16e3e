import { attemptMs, type KeyedRequest } from './keyed-request';
import type { KeyedRequests } from './keyed-requests';

const startedAt = new Date('2026-03-04T10:00:00.000Z');
const later = (ms: number): Date => new Date(startedAt.getTime() + ms);
const dayMs = 86_400_000;
const asked: KeyedRequest = {
  id: 'a',
  fingerprint: 'one',
  attempt: 'first',
  startedAt,
  /* A store may forget what is over by its own clock. */
  expiresAt: new Date(Date.now() + dayMs),
};

/** What every store of requests under keys must do. */
export const keyedRequestsContract = (open: () => Promise<KeyedRequests>): void => {
  it('begins a request once, however many come at once', async () => {
    const requests = await open();
    const attempts = Array.from({ length: 8 }, (_, index) => ({ ...asked, attempt: `${index}` }));
    const on = await Promise.all(attempts.map((request) => requests.begin(request)));
    expect(new Set(on.map(({ attempt }) => attempt)).size).toBe(1);
  });

  it('keeps its answer for whoever comes later, until it is forgotten', async () => {
    const requests = await open();
    await requests.begin(asked);
    await requests.answer(asked, 'sealed');
    const again = { ...asked, attempt: 'second', startedAt: later(dayMs / 2) };
    await expect(requests.begin(again)).resolves.toEqual({ ...asked, answer: 'sealed' });
    const tomorrow = { ...again, startedAt: asked.expiresAt };
    await expect(requests.begin(tomorrow)).resolves.toEqual(tomorrow);
  });

  it('frees the key of what came to nothing', async () => {
    const requests = await open();
    await requests.begin(asked);
    await requests.giveUp(asked);
    const other = { ...asked, attempt: 'second', fingerprint: 'two' };
    await expect(requests.begin(other)).resolves.toEqual(other);
  });

  it('lets a request be made again whose process died, and takes nothing of the one before', async () => {
    const requests = await open();
    await requests.begin(asked);
    const early = { ...asked, attempt: 'second', startedAt: later(attemptMs - 1) };
    await expect(requests.begin(early)).resolves.toEqual(asked);
    const again = { ...early, startedAt: later(attemptMs) };
    await expect(requests.begin(again)).resolves.toEqual(again);
    await requests.answer(asked, 'of the dead');
    await requests.giveUp(asked);
    await expect(requests.begin(early)).resolves.toEqual(again);
  });
};
