import { encodeLogRecord, timestampSchema, topics } from '@stopcovid/contracts';
import { deadLetterHeaders, type LogRecord } from '@stopcovid/kafka';
import { checkHistory } from './check-history';
import { ann, bob, soundHistory } from './history.testkit';
import type { History, Slowness } from './history';

const sound = soundHistory();
const brokenIn = (change: Partial<History>): readonly string[] => [
  ...new Set(checkHistory({ ...sound, ...change }).map(({ invariant }) => invariant)),
];

const changed = (record: LogRecord, change: object): LogRecord => ({
  ...record,
  value: Buffer.from(JSON.stringify({ ...JSON.parse(String(record.value)), ...change })),
});
const of = (phone: string, records: readonly LogRecord[]): readonly LogRecord[] =>
  records.filter(({ key }) => key === phone);
const others = (phone: string, records: readonly LogRecord[]): readonly LogRecord[] =>
  records.filter(({ key }) => key !== phone);
const swapped = <T>([first, second, ...rest]: readonly T[]): readonly T[] =>
  [second, first, ...rest].flatMap((each) => (each === undefined ? [] : [each]));

const annsDialog = sound.dialogs.find(({ phone }) => phone === ann);
const [annsFirst] = of(ann, sound.events);
if (!annsDialog || !annsFirst) throw new Error('the sound history is empty');

const dead = (place: string): LogRecord => {
  const [topic = '', partition = '', offset = ''] = place.split('/');
  return {
    ...annsFirst,
    headers: {
      [deadLetterHeaders.topic]: topic,
      [deadLetterHeaders.partition]: partition,
      [deadLetterHeaders.offset]: offset,
      [deadLetterHeaders.code]: 'NOT_JSON',
    },
  };
};

const refusal = (messageId: string): LogRecord => ({
  ...annsFirst,
  topic: topics.smsLog,
  value: Buffer.from(
    encodeLogRecord({
      type: 'SmsSent',
      schemaVersion: 1,
      phone: bob,
      at: timestampSchema.parse('2026-03-01T17:05:00.000Z'),
      messageId,
      body: 'a text',
      mediaUrls: [],
      error: { code: '30003', message: 'unreachable' },
    }),
  ),
});

/** Somebody was slow; Bob, who needs nothing of it, texted at this moment. */
const besideSlow = (at: number, beside = sound.accepted.filter(({ phone }) => phone === bob)): Slowness => ({
  what: 'a slow list',
  boundMs: 1_000,
  beside: beside.map(({ commandId }) => ({ commandId, at })),
});

describe('a sound history', () => {
  it('breaks nothing', () => {
    expect(checkHistory(sound)).toEqual([]);
  });

  it('may hold repeats: the same batch again, byte for byte, and the same command', () => {
    const [first] = sound.commands;
    expect(brokenIn({ events: [...sound.events, annsFirst] })).toEqual([]);
    expect(brokenIn({ commands: first ? [...sound.commands, first] : [] })).toEqual([]);
  });

  it('may have texts in another order than the carrier lists, where their webhooks came', () => {
    const told = sound.listed.map((text) => ({ ...text, untold: false }));
    expect(brokenIn({ listed: told.toReversed() })).toEqual([]);
  });

  it('may lack a text whose refusal is in the log, and what an opt-out took back', () => {
    const bobs = sound.carrier.find(({ to }) => to === bob);
    const withoutBobs = sound.carrier.filter((message) => message !== bobs);
    expect(brokenIn({ carrier: withoutBobs, smsLog: [refusal(bobs?.messageId ?? '')] })).toEqual([]);
    expect(brokenIn({ carrier: sound.carrier.filter(({ to }) => to !== ann) })).toEqual([]);
  });

  it('has an answer in time for whoever needs nothing of what is slow', () => {
    expect(brokenIn({ slowness: [besideSlow(-900)] })).toEqual([]);
  });

  it('has every piece of poison among the dead letters', () => {
    const place = `${topics.dialogCommands}/3/7`;
    expect(brokenIn({ poison: new Set([place]), deadLetters: [dead(place), dead(place)] })).toEqual([]);
  });
});

describe('a history is broken', () => {
  const orphan = { ...sound.accepted[0], commandId: 'never' } as History['accepted'][number];
  const doubledEffect = changed(annsFirst, { version: 5 });
  it.each<readonly [string, Partial<History>, readonly string[]]>([
    ['by an accepted command without an effect', { accepted: [...sound.accepted, orphan] }, ['I1']],
    ['by a command with two effects', { events: [...sound.events, doubledEffect] }, ['I1', 'I3', 'I6', 'I7']],
    [
      'by a hole in the versions',
      { events: sound.events.filter((record) => record !== annsFirst) },
      ['I1', 'I2', 'I3', 'I5', 'I6', 'I7'],
    ],
    [
      'by a state that is not the fold',
      {
        dialogs: [
          ...sound.dialogs.filter(({ phone }) => phone !== ann),
          {
            ...annsDialog,
            state: { ...annsDialog.state, trainee: { ...annsDialog.state.trainee, optedOut: false } },
          },
        ],
      },
      ['I3'],
    ],
    ['by a dialog that is gone', { dialogs: sound.dialogs.filter(({ phone }) => phone !== ann) }, ['I3']],
    [
      'by commands that are held for ever',
      {
        dialogs: sound.dialogs.map((dialog) => ({ ...dialog, hold: 'mark' })),
        held: new Set(['mark']),
      },
      ['I3'],
    ],
    [
      'by effects in another order than the commands',
      { commands: [...swapped(of(ann, sound.commands)), ...others(ann, sound.commands)] },
      ['I4'],
    ],
    [
      'by a text that the carrier lists and that nobody produced',
      { listed: [{ sid: orphan.commandId, from: ann, untold: false }] },
      ['I1'],
    ],
    [
      'by texts that were swept in another order than the carrier lists',
      { listed: sound.listed.toReversed() },
      ['I4'],
    ],
    [
      'by batches that come in the wrong order',
      { events: [...swapped(of(ann, sound.events)), ...others(ann, sound.events)] },
      ['I5', 'I6', 'I7'],
    ],
    [
      'by one version told in two ways',
      { events: [...sound.events, changed(annsFirst, { at: '2026-03-01T17:06:00.000Z' })] },
      ['I5'],
    ],
    ['by a projection that is missing', { trainees: [] }, ['I6']],
    [
      'by a projection that stands still',
      { trainees: sound.trainees.map((t) => ({ ...t, version: 1 })) },
      ['I6'],
    ],
    [
      'by a projection that counted otherwise',
      { trainees: sound.trainees.map((trainee) => ({ ...trainee, firstSeenAt: new Date(0) })) },
      ['I6'],
    ],
    ['by a text accepted twice', { carrier: [...sound.carrier, ...sound.carrier.slice(-1)] }, ['I7']],
    ['by a text that was lost', { carrier: sound.carrier.filter(({ to }) => to === ann) }, ['I7']],
    ['by texts in the wrong order', { carrier: [...sound.carrier].reverse() }, ['I7']],
    [
      'by a text that nobody asked for',
      { carrier: sound.carrier.map((message) => ({ ...message, messageId: 'x' })) },
      ['I7'],
    ],
    [
      'by a text after the opt-out',
      { textsOf: (batch) => sound.textsOf(batch).map((text) => ({ ...text, isConsent: false })) },
      ['I8'],
    ],
    ['by poison that nobody put aside', { poison: new Set([`${topics.dialogCommands}/3/7`]) }, ['I9']],
    ['by an answer that waited for what somebody else needs', { slowness: [besideSlow(-1_001)] }, ['I11']],
    ['by something slow beside which nobody was answered', { slowness: [besideSlow(0, [])] }, ['I11']],
    ['by a record of a phone that only unsigned requests named', { forged: new Set([ann]) }, ['I12']],
    ['by a good record put aside', { deadLetters: [dead(`${topics.dialogCommands}/0/1`)] }, ['I9']],
  ])('%s', (_, change, invariants) => {
    expect(brokenIn(change)).toEqual(invariants);
  });
});
