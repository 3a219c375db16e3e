import { phoneSchema } from '@stopcovid/contracts';
import { newDatabases } from '../database.testkit';
import { batchOf, event } from '../tracker.testkit';
import { erasuresIn, inMemoryErasures, type Erasures } from './erasure';
import { mongoErasures } from './mongo-erasures';

const connect = newDatabases();
const [maria, sokha] = [phoneSchema.parse('+12025550143'), phoneSchema.parse('+12025550180')];
const erasedIn = (version: number) => batchOf(version, [event('TraineeErased')], { phone: maria });

const stores: Readonly<Record<string, () => Promise<Erasures>>> = {
  'in memory': () => Promise.resolve(inMemoryErasures()),
  'in MongoDB': async () => mongoErasures(await connect()),
};

describe.each(Object.entries(stores))('erasures, %s', (_where, open) => {
  it.each([
    ['in order', [3, 7]],
    ['the later first', [7, 3]],
    ['again and again', [3, 7, 3, 7, 7]],
  ])('keep the last of a phone, read %s', async (_how, versions) => {
    const erasures = await open();
    for (const version of versions) await erasures.keep(erasuresIn([erasedIn(version)]));
    const found = await erasures.of([maria, sokha]);
    expect([...found.keys()]).toEqual([maria]);
    expect(found.get(maria)?.sequence).toBe(7);
  });

  it('are kept of several batches at once, and of none', async () => {
    const erasures = await open();
    await erasures.keep(erasuresIn([erasedIn(3), erasedIn(7), batchOf(8, [event('TraineeRegistered')])]));
    await erasures.keep([]);
    expect((await erasures.of([maria])).get(maria)?.sequence).toBe(7);
    expect(await erasures.of([])).toEqual(new Map());
  });
});
