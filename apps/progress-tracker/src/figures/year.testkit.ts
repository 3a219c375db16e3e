import type { DecodedBatch, Phone, SmsLogRecord } from '@stopcovid/contracts';
import fc from 'fast-check';
import { logRecord } from '../messages/messages.testkit';
import { deed, phone, reply, type Deed } from './engine.testkit';
import { batchesOf, type Happening } from './lives.testkit';

const hourMs = 3_600_000;
const lessonMs = 14 * 24 * hourMs;
const lessons = 25;
const firstMonday = Date.parse('2026-01-05T15:00:00Z');

/** The drills of a year, which come in turn, every second Monday. */
export const drills = ['one', 'two', 'three', 'four'] as const;
/* Each drill is edited twice in the year. */
const revisionOf = (lesson: number): string => 'abc'[Math.floor((3 * lesson) / lessons)] ?? 'c';

type Dated = Omit<Happening, 'who'>;

const isEveryday = ({ does }: Deed): boolean => !['registers', 'stops', 'is erased', 'starts'].includes(does);
const afterwards = fc.constantFrom(0.1, 0.1, 1, 11, 24);

/** What comes of a drill: when which replies, and now and then something else. */
const lesson = fc.record({
  repeats: fc.constantFrom('none' as const, 'none' as const, 'first' as const, 'alone' as const),
  deeds: fc.array(
    fc.record({
      hours: afterwards,
      deed: fc.oneof({ weight: 5, arbitrary: reply }, { weight: 1, arbitrary: deed.filter(isEveryday) }),
    }),
    { maxLength: 10, size: 'max' },
  ),
});
type Lesson = typeof lesson extends fc.Arbitrary<infer Given> ? Given : never;

const registers = fc.record({
  does: fc.constant('registers' as const),
  to: phone,
  demo: fc.constantFrom(false, false, false, false, true),
});
const goes = fc.constantFrom<Deed>({ does: 'stops' }, { does: 'stops' }, { does: 'is erased' });

/** One person's year: who begins some time, and mostly stays, stops and returns, is erased or registers anew. */
const person = fc.record({
  joins: fc.nat({ max: 6 }),
  as: registers,
  lessons: fc.array(lesson, { minLength: lessons, maxLength: lessons }),
  breaks: fc.array(fc.record({ lesson: fc.nat({ max: lessons - 2 }), goes, comes: fc.option(registers) }), {
    maxLength: 2,
  }),
});
type Person = typeof person extends fc.Arbitrary<infer Given> ? Given : never;

const mondayOf = (number: number): number => firstMonday + number * lessonMs;

const lessonOf = (number: number, { repeats, deeds }: Lesson): readonly Dated[] => {
  let at = mondayOf(number);
  const drill = drills[number % drills.length] ?? drills[0];
  return [
    { at, deed: { does: 'starts', drill, revision: revisionOf(number), repeats } },
    ...deeds.map(({ hours, deed: does }) => ({ at: (at += hours * hourMs), deed: does })),
  ];
};

/* In the midst of a lesson they go. Who comes back does before the next but one, as they were or as somebody new. */
const breakOf = ({ lesson: number, goes: does, comes }: Person['breaks'][number]): readonly Dated[] => {
  const back = mondayOf(number + 1) + 300 * hourMs;
  return [
    { at: mondayOf(number) + 2 * hourMs, deed: does },
    ...(comes === null ? [] : [{ at: back, deed: { does: 'returns' } } as const]),
    ...(comes !== null && does.does === 'is erased' ? [{ at: back + hourMs, deed: comes }] : []),
  ];
};

const yearOf = ({ joins, as, lessons: taken, breaks }: Person): readonly Dated[] => [
  { at: mondayOf(joins) - hourMs, deed: as },
  ...taken.slice(joins).flatMap((one, index) => lessonOf(joins + index, one)),
  ...breaks.filter(({ lesson: number }) => number >= joins).flatMap(breakOf),
];

/** A year of a company of these people, the same for a seed: all batches in the order of their time. */
export const yearOfCompany = (phones: readonly Phone[], seed: number): readonly DecodedBatch[] => {
  const people = fc.sample(person, { seed, numRuns: phones.length });
  const happenings = people.flatMap((one, who) => yearOf(one).map((dated) => ({ who, ...dated })));
  return batchesOf(
    phones,
    happenings.toSorted((one, other) => one.at - other.at),
  );
};

const textsOfBatch = ({ phone: of, version, at, events }: DecodedBatch): readonly SmsLogRecord[] => {
  const common = { phone: of, at };
  const sid = `SM-${of}-${version}`;
  return events.flatMap((event) => {
    if (event.type === 'ReplyUnclear')
      return [logRecord('SmsReceived', { ...common, sid: `${sid}-in`, body: event.response })];
    if (event.type !== 'DrillStarted') return [];
    return [
      logRecord('SmsSent', { ...common, sid, messageId: `${event.runId}-0`, body: 'Why?', segments: 1 }),
      logRecord('SmsStatusChanged', { ...common, sid, status: 'delivered' }),
    ];
  });
};

/** What the message log has of these batches: the texts that began drills, and the replies that nobody understood. */
export const textsOf = (batches: readonly DecodedBatch[]): readonly SmsLogRecord[] =>
  batches.flatMap(textsOfBatch);
