import { batchOf, event, started } from '../tracker.testkit';
import { figuresAfter } from './read.testkit';
import { reminderTable } from './reminder-table';

const told = (version: number, hours: number, ...events: Parameters<typeof batchOf>[1]) =>
  batchOf(version, events, { at: new Date(Date.UTC(2026, 2, 2, 10, 60 * hours)).toISOString() as never });

const answered = [
  told(1, 0, started('one')),
  told(2, 4, event('TraineeReminded')),
  told(3, 5, event('ReplyUnclear')),
  told(4, 24, event('TraineeReminded')),
  told(5, 25.5, event('PromptFailed')),
  told(6, 26, event('PromptCompleted', { attempt: 2 }), event('PromptAdvanced')),
];
const second = { ...Object(event('PromptAdvanced')).prompt };
const cutOff = [
  told(7, 30, event('TraineeReminded', { prompt: second })),
  told(8, 31, event('DrillAbandoned', { reason: 'optedOut' })),
];

const tableAfter = async (batches: typeof answered) =>
  reminderTable(await figuresAfter(batches), {}, ['employer']);

describe('what reminders did', () => {
  it('is told of each reminder by the first answer before the next one; an unclear reply is none', async () => {
    const { lines, total } = await tableAfter(answered);
    expect(total).toMatchObject({
      sent: 2,
      reminded: { count: 1, of: 1 },
      afterFirst: { count: 0, of: 1 },
      afterSecond: { count: 1, of: 1 },
      afterThird: { count: 0, of: 0, share: null },
      rescued: { count: 1, of: 1 },
      medianHours: 1.5,
      optedOut: { count: 0, of: 1 },
    });
    expect(lines).toMatchObject([{ group: { employerId: 'acme' }, sent: 2 }]);
  });

  it('counts an opt-out while a reminder was not answered', async () =>
    expect((await tableAfter([...answered, ...cutOff])).total).toMatchObject({
      sent: 3,
      rescued: { count: 1, of: 2 },
      optedOut: { count: 1, of: 1 },
    }));
});
