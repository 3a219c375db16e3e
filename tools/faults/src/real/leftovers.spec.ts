import { parseZone } from '@stopcovid/calendar';
import {
  commandIdSchema,
  encodeCommand,
  phoneSchema,
  timestampSchema,
  topics,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import { checkHistory } from '../invariants';
import type { LogRecord } from '@stopcovid/kafka';
import type { PhoneSchedule } from '@stopcovid/progress-tracker';
import { historyOf, inOrderOfAcceptance, poisonHeader, type Leftovers } from './leftovers';

const ann = phoneSchema.parse('+12025550143');
const madeUp = phoneSchema.parse('+13035550144');

const text = (phone: Phone, id: string): DialogCommand => ({
  type: 'ReceiveSms',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(id),
  phone,
  at: timestampSchema.parse('2026-03-01T17:05:00.000Z'),
  text: 'hello',
});

const record = (offset: number, key: string, value: string, headers = {}): LogRecord => ({
  topic: topics.dialogCommands,
  partition: 0,
  offset: String(offset),
  key,
  value: Buffer.from(value),
  headers,
  timestamp: 0,
});

const written = (offset: number, command: DialogCommand): LogRecord =>
  record(offset, command.phone, encodeCommand(command));

const nothing: Leftovers = {
  accepted: [],
  listed: [],
  commands: [],
  events: [],
  smsLog: [],
  deadLetters: [],
  dialogs: [],
  held: new Set(),
  trainees: [],
  runs: [],
  carrier: [],
  slowness: [],
  scheduled: null,
  forged: new Set(),
  madeUp: new Set([madeUp]),
  authToken: 'a-token',
};

const unheard = { employerId: null, unitId: null, personId: null, zone: null, days: null, time: null };
const reminded = { kind: 'reminder', nominal: '1', at: 5, outcome: 'published', reason: null } as const;

/** What the clock has of a phone to which it says that it published a reminder. */
const remindedSchedule: PhoneSchedule = {
  phone: madeUp,
  partition: 0,
  version: 1,
  trainee: { ...unheard, registered: true, optedOut: false, paused: null },
  eligibleSince: 0,
  lastStartAt: null,
  freeSince: null,
  running: null,
  heldBack: null,
  drills: [],
  missed: [],
  nextAt: null,
  clock: {
    start: null,
    reminder: null,
    abandoned: null,
    paused: null,
    turn: null,
    settledThrough: null,
    tzVersion: null,
    last: [reminded],
  },
};

const scheduledFor = (schedule: PhoneSchedule): Leftovers['scheduled'] => {
  const zone = parseZone('UTC');
  if (!zone.ok) throw new Error(zone.problem);
  const window = { opens: 0, closes: 1_439 };
  return { zone: zone.value, window, drills: [], calm: { from: 0, to: 1 }, schedules: [schedule] };
};

describe('the history of a run', () => {
  it('owes an effect to each accepted text and to whatever stands on the topic, once', () => {
    const commands = [
      written(0, text(ann, 'one')),
      written(1, text(ann, 'one')),
      written(2, text(ann, 'two')),
    ];
    const history = historyOf({ ...nothing, accepted: [text(ann, 'one'), text(ann, 'three')], commands });
    expect(history.accepted.map(({ commandId }) => commandId)).toEqual(['one', 'three', 'two']);
    expect(checkHistory(history)).toHaveLength(3);
  });

  it('takes records for poison that a recipe has marked, and nothing else', () => {
    const commands = [record(0, ann, '{', { [poisonHeader]: 'NOT_JSON' }), record(1, ann, '{')];
    const history = historyOf({ ...nothing, commands });
    expect([...history.poison]).toEqual([`${topics.dialogCommands}/0/0`]);
    expect(checkHistory(history)).toMatchObject([{ invariant: 'I9' }]);
  });

  it('asks of what the clock has on record whether it stands on its topic', () =>
    expect(
      checkHistory(historyOf({ ...nothing, scheduled: scheduledFor({ ...remindedSchedule, phone: ann }) })),
    ).toMatchObject([{ invariant: 'I16', phone: ann }]));

  it('leaves out the phones that a recipe made up', () => {
    const command = text(madeUp, 'one');
    const history = historyOf({
      ...nothing,
      commands: [written(0, command)],
      events: [record(0, madeUp, '{}')],
      scheduled: scheduledFor(remindedSchedule),
      carrier: [{ sid: 'SM1', to: madeUp, body: 'hello', messageId: 'none', at: 0, calledAt: 0 }],
    });
    expect(checkHistory(history)).toEqual([]);
  });
});

describe('the order in which texts were accepted', () => {
  const accepted = [text(ann, 'one'), text(ann, 'two')];

  it('is that of their first records on the topic', () => {
    const commands = [
      written(0, text(ann, 'one')),
      ...accepted.toReversed().map((c, i) => written(i + 1, c)),
    ];
    expect(inOrderOfAcceptance({ ...nothing, accepted, commands })).toEqual([]);
  });

  it('is broken by a text that was overtaken', () => {
    const commands = accepted.toReversed().map((command, index) => written(index, command));
    expect(inOrderOfAcceptance({ ...nothing, accepted, commands })).toMatchObject([{ invariant: 'I4' }]);
  });

  it('misses a text that was answered 2xx and is nowhere', () => {
    const commands = [written(0, text(ann, 'two'))];
    expect(inOrderOfAcceptance({ ...nothing, accepted, commands })).toMatchObject([{ invariant: 'I1' }]);
  });
});
