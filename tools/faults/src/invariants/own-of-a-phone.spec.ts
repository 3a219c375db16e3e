import { parseZone } from '@stopcovid/calendar';
import {
  commandIdSchema,
  drillSlugSchema,
  encodeBatch,
  phoneSchema,
  timestampSchema,
  topics,
  traineeSchema,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { groupBy } from '@stopcovid/runtime';
import { evolveProgress, type DrillRun, type TraineeProgress } from '@stopcovid/progress-tracker';
import { chronicleOf } from './chronicle';
import { nobodyIsForgotten } from './clock-checks';
import { sweptInOrder } from './dialog-checks';
import { soundHistory } from './history.testkit';
import type { History } from './history';
import { projectionsAreTheFold } from './projection-checks';

const zone = parseZone('America/New_York');
if (!zone.ok) throw new Error(zone.problem);

const phoneAt = (index: number): Phone => phoneSchema.parse(`+1202555${String(1_000 + index)}`);

const registrationOf = (phone: Phone): EventBatch => ({
  type: 'EventBatch',
  schemaVersion: 1,
  phone,
  at: timestampSchema.parse('2026-03-01T15:00:00.000Z'),
  version: 1,
  commandId: commandIdSchema.parse(`registers ${phone}`),
  commandType: 'ReceiveSms',
  trainee: traineeSchema.parse({
    registration: { code: 'HYGIENE', demo: false, at: '2026-03-01T15:00:00.000Z' },
    optedOut: false,
    profile: { language: 'en', answers: {} },
    account: {},
  }),
  events: [],
});

const recordOf = (batch: EventBatch, offset: number): LogRecord => ({
  topic: topics.dialogEvents,
  partition: 0,
  offset: String(offset),
  key: batch.phone,
  value: Buffer.from(encodeBatch(batch)),
  headers: {},
  timestamp: 0,
});

/** How often anybody asked one of these whose they are. */
class Asked {
  times = 0;

  /** The same records, which count each look at their phone. */
  of<T extends object>(records: readonly T[], name: keyof T): readonly T[] {
    const look = (record: T): T[keyof T] => {
      this.times += 1;
      return record[name];
    };
    return records.map((record) =>
      Object.defineProperty({ ...record }, name, { enumerable: true, get: () => look(record) }),
    );
  }
}

/** So many registered people, of whom each has a run and a text that no webhook told of, and whose looks are counted. */
const historyOf = (count: number, asked: Asked): History => {
  const batches = Array.from({ length: count }, (_, index) => registrationOf(phoneAt(index)));
  const trainees = batches.map((batch): TraineeProgress =>
    evolveProgress(undefined, batch, { partition: 0, offset: '0' }),
  );
  const runs = batches.map(({ phone }) => ({ phone, runId: `run of ${phone}` }) as unknown as DrillRun);
  const listed = batches.map(({ phone, commandId }) => ({ sid: commandId, from: phone, untold: true }));
  const calm = { from: Date.parse('2026-03-02T05:00:00Z'), to: Date.parse('2026-03-03T05:00:00Z') };
  return {
    ...soundHistory(),
    events: batches.map(recordOf),
    trainees: asked.of(trainees, 'phone'),
    runs: asked.of(runs, 'phone'),
    listed: asked.of(listed, 'from'),
    scheduled: {
      zone: zone.value,
      window: { opens: 8 * 60, closes: 20 * 60 },
      drills: [drillSlugSchema.parse('hands')],
      calm,
      schedules: [],
    },
  };
};

const looksOf = (
  check: (history: History, chronicle: ReturnType<typeof chronicleOf>) => readonly object[],
  count: number,
): number => {
  const asked = new Asked();
  const history = historyOf(count, asked);
  const chronicle = chronicleOf(history.events);
  asked.times = 0;
  check(history, chronicle);
  return asked.times;
};

describe('what belongs to a phone', () => {
  it('is what has it, in the order in which it came', () => {
    const [ann, bob] = [phoneAt(0), phoneAt(1)];
    expect([...groupBy([ann, bob, ann], (phone) => phone)]).toEqual([
      [ann, [ann, ann]],
      [bob, [bob]],
    ]);
  });

  it.each([
    ['the fold of projections', projectionsAreTheFold],
    ['the order of swept texts', sweptInOrder],
    ['that nobody is forgotten', nobodyIsForgotten],
  ])('is found without a look at everybody else for each: %s', (_, check) => {
    const [few, twice] = [looksOf(check, 100), looksOf(check, 200)];
    expect(few).toBeGreaterThan(0);
    expect(twice / few).toBeLessThan(2.1);
  });
});
