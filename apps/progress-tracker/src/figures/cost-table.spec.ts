import type { SmsLogRecord } from '@stopcovid/contracts';
import fc from 'fast-check';
import { inMemoryMessageStore } from '../messages/in-memory-message-store';
import { logRecord, tell } from '../messages/messages.testkit';
import { costTable } from './cost-table';
import { textGroupings, type TextGrouping } from './lines';

const noRuns = { counts: () => Promise.resolve([]) };

const optional = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const sent = fc.record({
  at: fc.constantFrom('2026-03-01T23:59:59.000Z', '2026-03-02T00:00:00.000Z', '2026-04-01T12:00:00.000Z'),
  segments: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  kind: fc.constantFrom('reply', 'reminder'),
  channel: fc.constantFrom('sms', 'whatsapp'),
  employerId: optional('acme', 'other'),
  unitId: optional('bar', 'kitchen'),
  drill: optional('masks', 'hands'),
  language: optional('en', 'es'),
  refused: fc.boolean(),
});
const logs = fc.array(sent, { maxLength: 20 }).map((texts) =>
  texts.map(({ refused, ...text }, index) => {
    const fields = Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined));
    const fate = refused ? { error: { code: '21610', message: 'opted out' } } : { sid: `SM-${index}` };
    return logRecord('SmsSent', { messageId: `m-${index}`, ...fields, ...fate });
  }),
);

type Sent = Extract<SmsLogRecord, { type: 'SmsSent' }>;
const wordOf: Readonly<Record<Exclude<TextGrouping, 'week'>, (record: Sent) => string>> = {
  employer: ({ employerId }) => `${employerId}`,
  unit: ({ employerId, unitId }) => `${employerId} ${unitId}`,
  drill: ({ drill }) => `${drill}`,
  language: ({ language }) => `${language}`,
  direction: () => 'outbound',
  channel: ({ channel }) => `${channel}`,
  kind: ({ kind }) => `${kind}`,
  day: ({ at }) => at.slice(0, 10),
  month: ({ at }) => at.slice(0, 7),
};

/** Once more, by reading all of the log for each line. */
const recounted = (log: readonly SmsLogRecord[], by: readonly Exclude<TextGrouping, 'week'>[]) => {
  const taken = log.filter((record): record is Sent => record.type === 'SmsSent' && record.sid !== undefined);
  const keys = taken.map((record) => JSON.stringify(by.map((each) => wordOf[each](record))));
  return [...new Set(keys)]
    .map((key) => taken.filter((_record, index) => keys[index] === key))
    .map((own) => [own.length, own.reduce((sum, { segments = 0 }) => sum + segments, 0)])
    .sort();
};

describe('what texts cost', () => {
  it('is what a plain recount of the log comes to, by whatever it is told', () =>
    fc.assert(
      fc.asyncProperty(
        logs,
        fc.subarray(
          textGroupings.filter((each) => each !== 'week'),
          { minLength: 1, maxLength: 4 },
        ),
        async (log, by) => {
          const messages = inMemoryMessageStore();
          await tell(messages, log);
          const sources = { messages, figures: noRuns, segmentPrice: 0.01 };
          const { lines, total } = await costTable(sources, { filter: {}, by });
          const told = lines.map((line) => [line.messages, line.segments]).sort();
          expect(told).toEqual(recounted(log, by as readonly Exclude<TextGrouping, 'week'>[]));
          const segments = lines.reduce((sum, line) => sum + line.segments, 0);
          expect(total).toMatchObject({ segments, cost: segments / 100 });
        },
      ),
    ));

  it('has no digits that floating point made', async () => {
    const messages = inMemoryMessageStore();
    await tell(messages, [logRecord('SmsSent', { sid: 'SM1', segments: 3 })]);
    const sources = { messages, figures: noRuns, segmentPrice: 0.0079 };
    const { total } = await costTable(sources, { filter: {}, by: [] });
    expect(total.cost).toBe(0.0237);
  });
});
