import { decodeBatch, eventSample, type EventBatch, type Phone } from '@stopcovid/contracts';
import { initialState } from '@stopcovid/dialog-core';
import type { LogRecord } from '@stopcovid/kafka';
import { chronicleOf } from './chronicle';
import { erasuresLeaveNobody } from './erasure-checks';
import { ann, soundHistory } from './history.testkit';

const quiet = soundHistory();
const nobody = initialState().trainee;

/** The topic of events with one batch of hers otherwise. */
const withBatch = (version: number, change: (batch: EventBatch) => object): readonly LogRecord[] =>
  quiet.events.map((record) => {
    const read = decodeBatch(record.value ?? '');
    if (!read.ok || read.value.phone !== ann || read.value.version !== version) return record;
    return { ...record, value: Buffer.from(JSON.stringify({ ...read.value, ...change(read.value) })) };
  });

const erased = eventSample('TraineeErased');
const [, second, third] = quiet.accepted.filter(({ phone }) => phone === ann);
const [sample] = quiet.commands;
if (second === undefined || third === undefined || sample === undefined)
  throw new Error('the sound history is empty');

const askedAs = ({ commandId, at }: typeof second): LogRecord => ({
  ...sample,
  key: ann,
  value: Buffer.from(
    JSON.stringify({ type: 'EraseTrainee', schemaVersion: 1, commandId, phone: ann, at, by: 'spec' }),
  ),
});

const brokenBy = (
  events: readonly LogRecord[],
  commands: readonly LogRecord[],
): readonly (Phone | undefined)[] =>
  erasuresLeaveNobody({ ...quiet, commands }, chronicleOf(events)).map(({ phone }) => phone);

/** Her second batch erases her; her third is that of her STOP. */
const leaving = (version: number, trainee: object) =>
  withBatch(version, () => ({ events: [erased], trainee }));

describe('erasures', () => {
  it('leave nobody behind, and the consent as it was', () => {
    expect(brokenBy(quiet.events, quiet.commands)).toEqual([]);
    expect(brokenBy(leaving(2, nobody), [askedAs(second)])).toEqual([]);
  });

  it.each<[string, readonly LogRecord[], readonly LogRecord[]]>([
    ['were asked for and are not on record', quiet.events, [askedAs(second)]],
    [
      'are on record twice for one that was asked for',
      withBatch(2, () => ({ events: [erased, erased], trainee: nobody })),
      [askedAs(second)],
    ],
    ['nobody asked for', leaving(2, nobody), []],
    ['are on record for another command than asked for them', leaving(3, nobody), [askedAs(second)]],
    [
      'leave a name behind',
      leaving(2, { ...nobody, profile: { ...nobody.profile, name: 'Ann' } }),
      [askedAs(second)],
    ],
    [
      'leave the account behind',
      leaving(2, { ...nobody, account: { employerId: 'acme' } }),
      [askedAs(second)],
    ],
    ['opt somebody out who was in', leaving(2, { ...nobody, optedOut: true }), [askedAs(second)]],
  ])('are broken by those that %s', (_what, events, commands) => {
    expect(brokenBy(events, commands)).toEqual([ann]);
  });

  it('are broken by one that lets somebody be texted who said STOP', () => {
    const [, , , fourth] = quiet.accepted.filter(({ phone }) => phone === ann);
    if (fourth === undefined) throw new Error('she said STOP, and then something else');
    expect(brokenBy(leaving(4, { ...nobody, optedOut: true }), [askedAs(fourth)])).toEqual([]);
    expect(brokenBy(leaving(4, nobody), [askedAs(fourth)])).toEqual([ann]);
  });
});
