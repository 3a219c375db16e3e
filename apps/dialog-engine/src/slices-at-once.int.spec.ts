import { phoneSchema, type DialogCommand, type Phone } from '@stopcovid/contracts';
import { breakableDatabase, type BreakableDatabase } from '@stopcovid/mongo';
import { mongoDialogStore } from './dialogs/mongo-dialog-store';
import { ann, batchesOf, contextWith, engineWith, kindsOf, recordOf, start, text } from './engine.testkit';

const partitions = Array.from({ length: 12 }, (_, partition) => partition);
const phoneOn = (partition: number): Phone => phoneSchema.parse(`+1202555${1_000 + partition}`);
const phones = partitions.map(phoneOn);

describe('slices of many partitions at once', () => {
  let database: BreakableDatabase;
  beforeAll(async () => {
    database = await breakableDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.connection.dropDatabase();
    database.asked.length = 0;
  });

  const engine = () => {
    const store = mongoDialogStore(database.connection);
    const { handle, publisher } = engineWith({ store });
    let offset = 0;
    const slice = (partition: number, commands: readonly DialogCommand[]) =>
      handle(
        commands.map((command) => ({ ...recordOf(command, (offset += 1)), partition })),
        { ...contextWith(), partition },
      );
    /** One command on each partition, all at once. */
    const everywhere = (commandFor: (phone: Phone) => DialogCommand) =>
      Promise.all(partitions.map((partition) => slice(partition, [commandFor(phoneOn(partition))])));
    /** Of all that differs in anything: a batch that is told again is told as it was. */
    const versions = (phone: Phone) => {
      const told = new Map(publisher.published.map((record) => [record.value, record]));
      return batchesOf([...told.values()], phone).map(({ version }) => version);
    };
    const begin = async () => {
      await everywhere((phone) => text(phone, `code of ${phone}`, 'clean1'));
      await everywhere((phone) => start(phone, `start of ${phone}`));
      database.asked.length = 0;
    };
    return { store, slice, everywhere, versions, begin };
  };
  const allDone = phones.map(() => ['done']);

  it('are one question and one write', async () => {
    const { everywhere, versions, begin } = engine();
    await begin();
    const outcomes = await everywhere((phone) => text(phone, `answer of ${phone}`, 'b'));
    expect(outcomes.map(kindsOf)).toEqual(allDone);
    expect(database.asked).toEqual(['find dialogs', 'update dialogs']);
    expect(phones.map(versions)).toEqual(phones.map(() => [1, 2, 3]));
  });

  it('write a phone once that two of them have, as while a partition changes hands', async () => {
    const { store, slice, versions } = engine();
    const [code, first] = [text(ann, 'c1', 'clean1'), start(ann, 'c2')];
    const outcomes = await Promise.all([
      slice(0, [code, first]),
      slice(0, [code, first]),
      slice(1, [text(phoneOn(1), 'c3', 'clean1')]),
    ]);
    expect(outcomes.map(kindsOf)).toEqual([['done', 'done'], ['done', 'done'], ['done']]);
    /* Read and written by all three; whose it is; and read again by the one who lost, with nothing to write. */
    expect(database.asked).toEqual(['find dialogs', 'insert dialogs', 'find dialogs', 'find dialogs']);
    expect((await store.load([ann])).get(ann)).toMatchObject({ dialog: { version: 2 } });
    expect(versions(ann)).toEqual([1, 2]);
    expect(versions(phoneOn(1))).toEqual([1]);
  });

  it('all come again when the answer to their write is lost, and decide nothing twice', async () => {
    const { store, everywhere, versions, begin } = engine();
    await begin();
    database.loseAnswerTo('update');
    const answer = (phone: Phone) => text(phone, `answer of ${phone}`, 'b');
    const lost = await everywhere(answer);
    expect(lost.map(kindsOf)).toEqual(phones.map(() => ['retry']));
    expect(phones.map(versions)).toEqual(phones.map(() => [1, 2]));
    expect((await everywhere(answer)).map(kindsOf)).toEqual(allDone);
    const stored = await store.load(phones);
    expect(phones.map((phone) => stored.get(phone))).toMatchObject(
      phones.map(() => ({ dialog: { version: 3 } })),
    );
    expect(phones.map(versions)).toEqual(phones.map(() => [1, 2, 3]));
  });
});
