import { decodeBatch, eventSample, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { chronicleOf } from './chronicle';
import { ann, soundHistory } from './history.testkit';
import { rulingsAreOnRecordOnce } from './ruling-checks';

const quiet = soundHistory();

const withEvents = (
  all: readonly LogRecord[],
  version: number,
  events: readonly object[],
): readonly LogRecord[] =>
  all.map((record) => {
    const read = decodeBatch(record.value ?? '');
    if (!read.ok || read.value.phone !== ann || read.value.version !== version) return record;
    return { ...record, value: Buffer.from(JSON.stringify({ ...read.value, events })) };
  });

/* She registers by her first batch, and a ruling may be in her second. */
const sound = { ...quiet, events: withEvents(quiet.events, 1, [eventSample('TraineeRegistered')]) };
const [, second] = quiet.accepted.filter(({ phone }) => phone === ann);
if (second === undefined) throw new Error('the sound history is empty');

const regraded = { ...eventSample('ReplyRegraded') };
const [first] = quiet.commands;
if (first === undefined) throw new Error('the sound history is empty');
const command: LogRecord = {
  ...first,
  value: Buffer.from(
    JSON.stringify({
      ...regraded,
      delivery: undefined,
      type: 'RegradeReply',
      schemaVersion: 1,
      commandId: second.commandId,
      phone: ann,
      at: second.at,
    }),
  ),
};
const brokenBy = (
  events: readonly LogRecord[],
  commands: readonly LogRecord[],
): readonly (Phone | undefined)[] =>
  rulingsAreOnRecordOnce({ ...sound, commands }, chronicleOf(events)).map(({ phone }) => phone);

describe('rulings on replies', () => {
  it('are on record once, as they were given', () => {
    expect(brokenBy(sound.events, sound.commands)).toEqual([]);
    expect(brokenBy(withEvents(sound.events, 2, [regraded]), [command])).toEqual([]);
  });

  it.each<[string, readonly object[], readonly LogRecord[]]>([
    ['was given and is not there', [], [command]],
    ['is there twice', [regraded, regraded], [command]],
    ['is there as nobody gave it', [{ ...regraded, now: 'unclear' }], [command]],
    ['nobody gave', [regraded], []],
  ])('are broken by one that %s', (_what, events, commands) =>
    expect(brokenBy(withEvents(sound.events, 2, events), commands)).toEqual([ann]),
  );
});
