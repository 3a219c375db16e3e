import { encodeCommand, type DialogCommand } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { inMemoryDialogStore } from '../dialogs/in-memory-dialog-store';
import {
  ann,
  batchesOf,
  bob,
  contextWith,
  engineWith,
  keepingPublisher,
  kindsOf,
  rawRecord,
  recordOf,
  start,
  text,
} from '../engine.testkit';
import { inMemoryHeldCommands } from '../held/held-commands';
import { restAfter, wakingHeld } from '../held/wake-held';

/** A command as a later release would write it, and what that release reads it as, told by its bytes. */
const spoken = (command: DialogCommand, changes: object): string =>
  JSON.stringify({ ...JSON.parse(encodeCommand(command)), ...changes });
const dance = (id: string): string => spoken(text(ann, id, 'x'), { type: 'Dance' });

const world = () => {
  const store = inMemoryDialogStore();
  const held = inMemoryHeldCommands();
  const engine = engineWith({ store, held });
  let offset = 0;
  let placed: readonly LogRecord[] = [];
  const again = () => engine.handle(placed, contextWith(placed[0]?.offset));
  const give = (...records: readonly LogRecord[]) => {
    placed = records.map((record) => ({ ...record, offset: String(offset++) }));
    return again();
  };
  const waker = keepingPublisher();
  let now = 0;
  const wake = wakingHeld({
    held,
    dialogs: store,
    publisher: waker,
    partitions: () => [0],
    now: () => now,
  });
  const ids = (phone = ann) => batchesOf(engine.publisher.published, phone).map(({ commandId }) => commandId);
  return { ...engine, held, give, again, ids, wake, waker, later: (ms: number) => void (now += ms) };
};
const raw = (value: string, phone = ann): LogRecord => rawRecord(phone, value, 0);
const say = (command: DialogCommand): LogRecord => recordOf(command, 0);

/** What a release that knows the type would find among the held commands. */
const learn = async ({ held }: ReturnType<typeof world>, hold: string, known: DialogCommand) => {
  const { commands: waiting } = await held.under([hold]);
  await held.drop(waiting);
  await held.keep(waiting.map((one, place) => (place === 0 ? { ...one, value: encodeCommand(known) } : one)));
};
const holdIn = async ({ held }: ReturnType<typeof world>): Promise<string> =>
  (await held.queues([0]))[0]?.hold ?? '';

describe('a command of a later release', () => {
  it.each([
    ['of a type yet to come', dance('c1')],
    ['of a schema yet to come', spoken(text(ann, 'c1', 'x'), { schemaVersion: 2 })],
    ['with a name yet to come', spoken(start(ann, 'c1'), { reason: 'birthday' })],
  ])('%s waits, with all that follows it of its phone, and nobody else does', async (_, value) => {
    const made = world();
    const outcomes = await made.give(
      say(text(ann, 'c0', 'clean1')),
      raw(value),
      say(text(bob, 'b1', 'hi')),
      say(start(ann, 'c2')),
    );
    expect(kindsOf(outcomes)).toEqual(['done', 'done', 'done', 'done']);
    expect([made.ids(), made.ids(bob)]).toEqual([['c0'], ['b1']]);
    const codes = made.reports.at(-1)?.results.map(({ waits }) => waits?.code);
    expect(codes).toEqual([undefined, expect.stringContaining('UNKNOWN'), undefined, 'BEHIND_HELD']);
    expect(await made.wake()).toMatchObject([{ phone: ann, reason: 'future', commands: 2 }]);
    expect(made.waker.published).toEqual([]);
  });

  it('waits also as the very first of its phone', async () => {
    const made = world();
    await made.give(raw(dance('c1')), say(text(ann, 'c2', 'clean1')));
    expect(made.ids()).toEqual([]);
    await learn(made, await holdIn(made), text(ann, 'c1', 'hi'));
    await made.give(say(text(ann, 'c3', 'HELP')));
    expect(made.ids()).toEqual(['c1', 'c2', 'c3']);
  });

  it('is decided before what came later, once its release is here and without another text', async () => {
    const made = world();
    await made.give(say(text(ann, 'c0', 'clean1')), raw(dance('c1')), say(text(ann, 'c2', 'HELP')));
    await learn(made, await holdIn(made), start(ann, 'c1'));
    expect(await made.wake()).toMatchObject([{ reason: 'ready', commands: 2 }]);
    expect(made.waker.published).toEqual([{ key: ann, value: encodeCommand(start(ann, 'c1')) }]);
    await made.give(raw(String(made.waker.published[0]?.value)));
    expect(made.ids()).toEqual(['c0', 'c1', 'c2']);
    expect(batchesOf(made.publisher.published, ann).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(await made.wake()).toEqual([]);
    expect(await made.held.queues([0])).toEqual([]);
  });

  it('is handed over once, and again only when it still waits a minute later', async () => {
    const made = world();
    await made.give(raw(dance('c1')));
    await learn(made, await holdIn(made), text(ann, 'c1', 'hi'));
    await made.wake();
    await made.wake();
    expect(made.waker.published).toHaveLength(1);
    made.later(60_000);
    await made.wake();
    expect(made.waker.published).toHaveLength(2);
  });

  it('is kept once, however often it is handed over', async () => {
    const made = world();
    await made.give(raw(dance('c1')), raw(dance('c1')));
    await made.give(raw(dance('c1')));
    expect(await made.wake()).toMatchObject([{ commands: 1 }]);
  });

  it('lets what came before a second one be decided', async () => {
    const made = world();
    await made.give(raw(dance('c1')), say(text(ann, 'c2', 'clean1')), raw(dance('c3')));
    await learn(made, await holdIn(made), text(ann, 'c1', 'hi'));
    await made.give(say(text(ann, 'c4', 'HELP')));
    expect(made.ids()).toEqual(['c1', 'c2']);
    expect(await made.wake()).toMatchObject([{ reason: 'future', commands: 2 }]);
  });

  it('that turns out to be broken goes back to its topic, and those behind it are decided', async () => {
    const made = world();
    await made.give(raw(dance('c1')), say(text(ann, 'c2', 'clean1')));
    const hold = await holdIn(made);
    const [first, ...others] = (await made.held.under([hold])).commands;
    if (first === undefined) throw new Error('nothing is held');
    await made.held.drop([first, ...others]);
    await made.held.keep([{ ...first, value: '{"type":"ReceiveSms","schemaVersion":1}' }, ...others]);
    await made.give(say(text(ann, 'c3', 'HELP')));
    const said = made.publisher.published.map(({ value }) => String(value));
    const back = said.filter((value) => value === '{"type":"ReceiveSms","schemaVersion":1}');
    expect(said.some((value) => value.includes('"commandId":"c2"'))).toBe(true);
    expect(back).toHaveLength(1);
  });

  it('has the process die before its batch is out, and loses nothing', async () => {
    const made = world();
    await made.give(raw(dance('c1')), say(text(ann, 'c2', 'clean1')));
    await learn(made, await holdIn(made), text(ann, 'c1', 'hi'));
    made.publisher.broken = true;
    const next = recordOf(text(ann, 'c3', 'HELP'), 2);
    expect(kindsOf(await made.handle([next], contextWith('2')))).toEqual(['retry']);
    made.publisher.broken = false;
    await made.handle([next], contextWith('2'));
    expect(made.ids()).toEqual(['c1', 'c2', 'c3']);
  });

  it('is told of behind what was decided before it, when the process died before it told of that', async () => {
    const made = world();
    made.publisher.broken = true;
    await made.give(say(text(ann, 'c1', 'clean1')), raw(dance('c2')));
    expect(made.ids()).toEqual([]);
    await learn(made, await holdIn(made), text(ann, 'c2', 'HELP'));
    made.publisher.broken = false;
    await made.again();
    expect(made.ids()).toEqual(['c1', 'c2']);
  });

  it.each([
    ['is handed over again', text(ann, 'c2', 'HELP')],
    ['had been decided long before', text(ann, 'c1', 'clean1')],
  ])(
    'is told of with all behind it, by a process after the one that died, where what woke it %s',
    async (_, woke) => {
      const made = world();
      await made.give(say(text(ann, 'c1', 'clean1')), raw(dance('c2')), say(text(ann, 'c3', 'HELP')));
      await made.give(say(text(bob, 'b1', 'hi')));
      await learn(made, await holdIn(made), text(ann, 'c2', 'HELP'));
      made.publisher.broken = true;
      await made.give(say(woke));
      made.publisher.broken = false;
      await made.again();
      expect(made.ids()).toEqual(['c1', 'c2', 'c3']);
    },
  );
});

describe('looking at what waits', () => {
  it.each([
    ['little waits', 5, 10_000],
    ['so much waits that a look takes two seconds', 2_000, 40_000],
  ])('takes a twentieth of the time at most when %s', (_, lookMs, restMs) =>
    expect(restAfter(lookMs)).toBe(restMs),
  );
});
