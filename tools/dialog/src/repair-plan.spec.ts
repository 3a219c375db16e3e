import { commandIdSchema, phoneSchema } from '@stopcovid/contracts';
import { evolve, initialState, type DialogState } from '@stopcovid/dialog-core';
import { planRepair, type FoundDialog, type OutboxBatch, type WireBatch } from './repair-plan';
import { entriesOf, historyOf } from './repair.testkit';

const phone = phoneSchema.parse('+12025550143');
const { batches: nine, state } = historyOf(phone, 9);
const some = (...versions: readonly number[]): readonly WireBatch[] =>
  versions.flatMap((version) => nine[version - 1] ?? []);
const versionsOf = (batches: readonly WireBatch[]): readonly number[] =>
  batches.map(({ batch }) => batch.version);
const entries = (...versions: readonly number[]): readonly OutboxBatch[] => entriesOf(some(...versions));
const readable = (version: number, outbox: readonly OutboxBatch[] = []): FoundDialog => ({
  kind: 'readable',
  version,
  state: historyOf(phone, version).state,
  outbox,
});
const unreadable = (outbox: readonly OutboxBatch[] = []): FoundDialog => ({
  kind: 'unreadable',
  reason: 'state: invalid_type',
  outbox,
});
const foldOf = (batches: readonly WireBatch[]): DialogState =>
  batches.reduce(
    (before, { batch }) => batch.events.reduce((after, event) => evolve(after, event, batch), before),
    initialState(),
  );
const plan = (onTopic: readonly WireBatch[], dialog: FoundDialog) => planRepair({ phone, onTopic, dialog });

describe('nothing is to be done', () => {
  it.each([
    ['all is on the topic', nine, readable(9)],
    ['a batch stands on the topic twice', [...nine, ...some(3)], readable(9)],
    ['all is published and still in the outbox', nine, readable(9, entries(8, 9))],
    ['nobody was ever heard of', [], { kind: 'missing' } as const],
  ])('when %s', (_what, onTopic, dialog) => {
    expect(plan(onTopic, dialog)).toEqual({ findings: [], publish: [], lost: [] });
  });
});

describe('a phone of which the topic begins with an erasure', () => {
  const erased = { type: 'TraineeErased' } as const;
  const erasing = some(5, 6, 7, 8, 9).map(({ batch, wire }): WireBatch => {
    const events = batch.version === 5 ? [erased] : batch.events;
    return { batch: { ...batch, events }, wire };
  });
  const dialog = { ...readable(9), state: foldOf(erasing) };

  it('lacks nothing before it, and a hole behind it is one', () => {
    expect(plan(erasing, dialog)).toEqual({ findings: [], publish: [], lost: [] });
    expect(plan(erasing.toSpliced(2, 1), dialog)).toMatchObject({ lost: [7] });
    expect(plan(some(5, 6, 7, 8, 9), dialog)).toMatchObject({ lost: [1, 2, 3, 4] });
  });

  it('is made whole by what there is', () => {
    expect(plan(erasing, { kind: 'missing' }).write).toMatchObject({ version: 9, state: foldOf(erasing) });
  });
});

describe('a hole on the topic', () => {
  it('is filled from the outbox, and all that follows is said again', () => {
    const { publish, write, lost, findings } = plan(some(1, 2, 3, 5, 6), readable(6, entries(4, 5, 6)));
    expect(versionsOf(publish)).toEqual([4, 5, 6]);
    expect(findings).toEqual(['missing from the topic: 4']);
    expect([write, lost]).toEqual([undefined, []]);
  });

  it('that nobody can fill is told with its versions; nothing behind it is said', () => {
    const { publish, lost, findings } = plan(some(1, 2, 6, 7), readable(7, entries(3)));
    expect(versionsOf(publish)).toEqual([3]);
    expect(lost).toEqual([4, 5]);
    expect(findings).toContain('lost, neither on the topic nor in the outbox: 4 to 5');
  });

  it('is also one at the end: what the document counts and nobody has', () => {
    expect(plan(some(1, 2), readable(4)).lost).toEqual([3, 4]);
  });

  it('where batches stand in the wrong order is filled by saying them again', () => {
    const { publish, findings } = plan(some(1, 3, 2, 4), readable(4));
    expect(versionsOf(publish)).toEqual([3, 4]);
    expect(findings).toEqual(['on the topic in the wrong order from version 3 on']);
  });

  it('is none after what was missing has been said again', () => {
    expect(plan(some(1, 3, 2, 3), readable(3)).findings).toEqual([]);
  });
});

describe("the engine's document", () => {
  it.each([
    ['is missing', { kind: 'missing' } as const],
    ['cannot be read', unreadable()],
    ['was set back', readable(5)],
    ['says something else', { ...readable(9), state: historyOf(phone, 8).state } as FoundDialog],
  ])('that %s is what the events lead to', (_what, dialog) => {
    const { write, publish } = plan(nine, dialog);
    expect(write).toEqual({
      version: 9,
      state,
      outbox: [],
      recentCommandIds: nine.map(({ batch }) => batch.commandId),
    });
    expect(publish).toEqual([]);
  });

  it('keeps what of its outbox is newer than the topic, and says it', () => {
    const { write, publish } = plan(some(1, 2, 3, 4, 5, 6, 7), unreadable(entries(7, 8, 9)));
    expect(write).toMatchObject({ version: 9, state });
    expect(write?.outbox.map(({ offset }) => offset)).toEqual(['8', '9']);
    expect(write?.recentCommandIds.at(-1)).toBe(`${phone.slice(1)}-7`);
    expect(versionsOf(publish)).toEqual([8, 9]);
  });

  it('remembers the last 64 commands', () => {
    const { batches } = historyOf(phone, 70);
    const { write } = plan(batches, { kind: 'missing' });
    expect(write?.recentCommandIds).toHaveLength(64);
    expect(write?.recentCommandIds[0]).toBe(`${phone.slice(1)}-7`);
  });

  it('is not guessed at when batches are lost', () => {
    const { write, lost } = plan(some(1, 2, 4), unreadable());
    expect([write, lost]).toEqual([undefined, [3]]);
  });

  it('that began anew is continued from what readers have; what it said meanwhile is named', () => {
    const [first] = historyOf(phone, 1).batches;
    if (!first) throw new Error('no history');
    const again: WireBatch = {
      ...first,
      batch: { ...first.batch, commandId: commandIdSchema.parse('another') },
    };
    const { write, findings } = plan([...some(1, 2, 3), again], readable(1));
    expect(write).toMatchObject({ version: 3 });
    expect(findings).toContain('decided under versions that were taken, so no reader took them: 1');
  });
});
