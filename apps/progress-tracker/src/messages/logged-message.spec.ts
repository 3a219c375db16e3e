import fc from 'fast-check';
import { joined, partOf } from './logged-message';
import { logRecord, shuffledLogs } from './messages.testkit';
import { furthest } from './status-order';

describe('the parts of a message', () => {
  const parts = shuffledLogs.map(({ log }) => log.map(partOf));

  it('make the same message in any order, grouping and number of repetitions', () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.nat(), fc.nat(), (all, i, j, k) => {
        const [one, two, three] = [i, j, k].map((n) => all[n % all.length] ?? all[0]);
        if (!one || !two || !three) return;
        const sameIds = [one, two, three].map((part) => ({
          ...part,
          messageId: 'm1',
        }));
        const [a, b, c] = sameIds;
        if (!a || !b || !c) return;
        expect(joined(a, b)).toEqual(joined(b, a));
        expect(joined(joined(a, b), c)).toEqual(joined(a, joined(b, c)));
        expect(joined(joined(a, b), b)).toEqual(joined(a, b));
      }),
    );
  });
});

describe('the status of a message', () => {
  const at = new Date('2026-03-01T10:00:00Z');

  it.each([
    ['accepted', 'queued', 'queued'],
    ['delivered', 'sent', 'delivered'],
    ['read', 'delivered', 'read'],
    ['undelivered', 'sent', 'undelivered'],
    ['scheduled', 'canceled', 'canceled'],
    ['failed', 'delivered', 'delivered'],
    ['receiving', 'received', 'received'],
    ['partially_delivered', 'sending', 'partially_delivered'],
  ] as const)('%s and %s is %s, whichever was reported first', (one, other, status) => {
    const reports = [
      { status: one, at },
      { status: other, at },
    ] as const;
    expect(furthest(...reports)?.status).toBe(status);
    expect(furthest(reports[1], reports[0])?.status).toBe(status);
  });

  it('keeps the time of its first report and the code that came with any of them', () => {
    const later = new Date('2026-03-01T10:05:00Z');
    expect(
      furthest({ status: 'undelivered', at: later, errorCode: '30003' }, { status: 'undelivered', at }),
    ).toEqual({ status: 'undelivered', at, errorCode: '30003' });
  });

  it('is failed, with the code, for a message that the carrier refused', () => {
    const refused = logRecord('SmsSent', { error: { code: '21610', message: 'opted out' } });
    expect(partOf(refused)).toMatchObject({ sids: [], report: { status: 'failed', errorCode: '21610' } });
  });
});
