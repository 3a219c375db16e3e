import { commandIdSchema, encodeCommand, type DialogCommand } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { inMemoryDialogStore } from '../dialogs/in-memory-dialog-store';
import { ann, at, batchesOf, contextWith, engineWith, rawRecord, recordOf, text } from '../engine.testkit';
import { inMemoryHeldCommands } from '../held/held-commands';

const fromTheFuture = (id: string): string =>
  JSON.stringify({ ...JSON.parse(encodeCommand(text(ann, id, 'x'))), type: 'Dance' });

const world = () => {
  const store = inMemoryDialogStore();
  const held = inMemoryHeldCommands();
  const engine = engineWith({ store, held });
  let offset = 0;
  /** One slice of Ann's records, in the order of the topic. */
  const give = (...said: readonly (DialogCommand | string)[]) => {
    const placed = said.map((one): LogRecord => {
      const record = typeof one === 'string' ? rawRecord(ann, one, offset) : recordOf(one, offset);
      offset += 1;
      return record;
    });
    return engine.handle(placed, contextWith(placed[0]?.offset));
  };
  /** The release is here for which what is held first waits. */
  const learn = async (known: DialogCommand): Promise<void> => {
    const { commands: waiting } = await held.under((await held.queues([0])).map(({ hold }) => hold));
    await held.drop(waiting);
    await held.keep(
      waiting.map((one, place) => (place === 0 ? { ...one, value: encodeCommand(known) } : one)),
    );
  };
  /** As readers take them in, who drop what is told again. */
  const batches = () => {
    const told = batchesOf(engine.publisher.published, ann);
    return told.filter(
      ({ version }, place) => told.findIndex((other) => other.version === version) === place,
    );
  };
  const types = () => batches().flatMap(({ events }) => events.map(({ type }) => type));
  return { ...engine, give, learn, batches, types, isOptedOut: () => batches().at(-1)?.trainee.optedOut };
};
type World = ReturnType<typeof world>;

const stop = text(ann, 'stop', 'STOP');
const byCarrier = {
  ...text(ann, 'stop', 'arrêt svp'),
  type: 'ReceiveSms',
  optOutType: 'STOP',
} as DialogCommand;
const byOperator: DialogCommand = {
  type: 'OptOutTrainee',
  schemaVersion: 1,
  commandId: commandIdSchema.parse('stop'),
  phone: ann,
  at,
  source: 'operator',
};

const states: Readonly<Record<string, (made: World, optOut: DialogCommand) => Promise<unknown>>> = {
  'nobody waits': async ({ give }, optOut) => {
    await give(text(ann, 'c0', 'clean1'));
    await give(optOut);
  },
  'a command of a later release waits': async ({ give }, optOut) => {
    await give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'));
    await give(optOut);
  },
  'such a command came in the same slice': async ({ give }, optOut) =>
    give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'), optOut),
  'others wait behind such a command': async ({ give }, optOut) => {
    await give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'), text(ann, 'c2', 'MORE'));
    await give(text(ann, 'c3', 'START'), optOut, text(ann, 'c4', 'HELP'));
  },
  'the very first command of the phone waits': async ({ give }, optOut) => {
    await give(fromTheFuture('c1'));
    await give(optOut);
  },
};

describe('an opt-out', () => {
  describe.each([
    ['by a word', stop],
    ['that the carrier heard', byCarrier],
    ['by an operator', byOperator],
  ])('%s', (_, optOut) => {
    it.each(Object.keys(states))('counts at once while %s', async (name) => {
      const made = world();
      await states[name]?.(made, optOut);
      expect(made.batches().at(-1)).toMatchObject({ commandId: 'stop', trainee: { optedOut: true } });
    });
  });

  it('counts once, however often it is handed over', async () => {
    const made = world();
    await made.give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'), stop);
    await made.give(stop);
    await made.learn(text(ann, 'c1', 'HELP'));
    await made.give(stop, text(ann, 'c5', 'HELP'));
    expect(made.types().filter((type) => type === 'TraineeOptedOut')).toHaveLength(1);
    expect(made.isOptedOut()).toBe(true);
  });

  it('that overtook others is what these meet, and no earlier word of theirs gives consent again', async () => {
    const made = world();
    await made.give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'), text(ann, 'c2', 'START'), stop);
    await made.learn(text(ann, 'c1', 'hi'));
    await made.give(text(ann, 'c3', 'HELP'));
    expect(made.types()).not.toContain('TraineeOptedIn');
    expect(made.isOptedOut()).toBe(true);
    expect(made.batches().map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('still stands when those that came with it are handed over again', async () => {
    const made = world();
    await made.give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'));
    await made.learn(text(ann, 'c1', 'hi'));
    const last = [recordOf(text(ann, 'c2', 'START'), 2), recordOf(stop, 3)];
    await made.handle(last, contextWith('2'));
    await made.handle(last, contextWith('2'));
    await made.handle([recordOf(text(ann, 'c3', 'HELP'), 4)], contextWith('4'));
    expect(made.isOptedOut()).toBe(true);
  });

  it('does not outlive a START that was sent after it', async () => {
    const made = world();
    await made.give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'), stop, text(ann, 'c2', 'START'));
    expect(made.isOptedOut()).toBe(true);
    await made.learn(text(ann, 'c1', 'hi'));
    await made.give(text(ann, 'c3', 'HELP'));
    expect(made.isOptedOut()).toBe(false);
  });

  it('is not lost when the process dies before it is published', async () => {
    const made = world();
    await made.give(text(ann, 'c0', 'clean1'), fromTheFuture('c1'));
    made.publisher.broken = true;
    await made.handle([recordOf(stop, 2)], contextWith('2'));
    made.publisher.broken = false;
    await made.handle([recordOf(stop, 2)], contextWith('2'));
    expect(made.batches().at(-1)).toMatchObject({ commandId: 'stop', trainee: { optedOut: true } });
  });
});
