import { encodeCommand, type DialogCommand } from '@stopcovid/contracts';
import { fixedCatalogue } from '../catalogue';
import { cachedDialogStore } from '../dialogs/cached-dialog-store';
import { inMemoryDialogStore } from '../dialogs/in-memory-dialog-store';
import {
  ann,
  batchesOf,
  contextWith,
  engineWith,
  handsCatalogue,
  keepingPublisher,
  kindsOf,
  rawRecord,
  recordOf,
  start,
  text,
} from '../engine.testkit';
import { inMemoryHeldCommands, type HeldCommands } from '../held/held-commands';
import type { CommandParts } from './handle-commands';

const order = start(ann, 'c1');
/** The order as its release writes it, and another cannot read it: not even its id is known then. */
const unreadOrder = JSON.stringify({ ...JSON.parse(encodeCommand(order)), type: 'Dance' });

/** Two processes of different releases, each with a memory of its own, on the same stores. */
const world = () => {
  const store = inMemoryDialogStore();
  const held = inMemoryHeldCommands();
  const publisher = keepingPublisher();
  const engineOn = (kept: HeldCommands, parts: Partial<CommandParts> = {}): ReturnType<typeof engineWith> =>
    engineWith({ held: kept, publisher, store: cachedDialogStore(store, 5), ...parts });
  const [present, later] = [engineOn(held), engineOn(held)];
  /** The held order as the later release reads it. */
  const learn = async (): Promise<void> => {
    const all = (await held.queues([0])).map(({ hold }) => hold);
    const { commands } = await held.under(all);
    await held.drop(commands);
    await held.keep(
      commands.map((one) => (one.value === unreadOrder ? { ...one, value: encodeCommand(order) } : one)),
    );
  };
  const told = () => [...new Set(batchesOf(publisher.published, ann).map(({ commandId }) => commandId))];
  const say = (
    by: typeof present,
    command: DialogCommand,
    offset: number,
  ): ReturnType<typeof present.handle> => by.handle([recordOf(command, offset)], contextWith(String(offset)));
  return { present, later, held, engineOn, publisher, learn, told, say };
};

/** The later release decides the order and dies before it tells; the present one, which remembers, has it wait. */
const decidedThenHeld = async () => {
  const made = world();
  const { present, later, publisher, say } = made;
  await say(present, text(ann, 'c0', 'clean1'), 0);
  publisher.broken = true;
  expect(kindsOf(await say(later, order, 1))).toEqual(['retry']);
  publisher.broken = false;
  expect(kindsOf(await present.handle([rawRecord(ann, unreadOrder, 1)], contextWith('1')))).toEqual(['done']);
  return made;
};

describe('a command that was decided and not told of, and then held by who cannot read it', () => {
  it('is told of once its release is here', async () => {
    const { later, learn, told, say } = await decidedThenHeld();
    await learn();
    await say(later, text(ann, 'c2', 'b'), 2);
    expect(told()).toEqual(['c0', 'c1', 'c2']);
  });

  it('is told of before an opt-out that does not wait for it', async () => {
    const { present, told, say } = await decidedThenHeld();
    await say(present, text(ann, 'c2', 'STOP'), 2);
    expect(told()).toEqual(['c0', 'c1', 'c2']);
  });

  it('is told of also where the process ends between the write of an opt-out and its telling', async () => {
    const { present, publisher, told, say } = await decidedThenHeld();
    publisher.broken = true;
    await say(present, text(ann, 'c2', 'STOP'), 2);
    publisher.broken = false;
    await say(present, text(ann, 'c2', 'STOP'), 2);
    expect(told()).toEqual(['c0', 'c1', 'c2']);
  });

  it('is told of before an opt-out also where what is held cannot be read at all', async () => {
    const made = await decidedThenHeld();
    const { told, say, held, engineOn } = made;
    const under: HeldCommands['under'] = async (holds) => ({
      commands: [],
      unreadable: new Map(holds.map((hold) => [hold, 'a row of another shape'])),
    });
    await say(engineOn({ ...held, under }), text(ann, 'c2', 'STOP'), 2);
    expect(told()).toEqual(['c0', 'c1', 'c2']);
  });
});

describe('a process whose memory of a dialog is older than the dialog', () => {
  it('tells of what the other one decided, where it refuses that command itself', async () => {
    const { later, engineOn, held, publisher, told, say } = world();
    const behind = engineOn(held, {
      catalogue: fixedCatalogue({ ...handsCatalogue(), revisions: new Map() }),
    });
    await say(behind, text(ann, 'c0', 'clean1'), 0);
    publisher.broken = true;
    await say(later, order, 1);
    publisher.broken = false;
    expect(kindsOf(await say(behind, order, 1))).toEqual(['done']);
    expect(told()).toEqual(['c0', 'c1']);
  });

  it('tells of what the other one decided where a command stands that it knows itself', async () => {
    const { present, later, learn, publisher, told, say } = world();
    const known = text(ann, 'c0', 'clean1');
    await say(present, known, 0);
    await later.handle([rawRecord(ann, unreadOrder, 1)], contextWith('1'));
    await learn();
    publisher.broken = true;
    await say(later, known, 2);
    publisher.broken = false;
    await say(present, known, 2);
    expect(told()).toEqual(['c0', 'c1']);
  });
});
