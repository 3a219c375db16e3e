import type { Arrival } from '@stopcovid/projections';
import { inMemoryPhoneSchedules } from '../clock/in-memory-phone-schedules';
import type { PhoneSchedule } from '../clock/phone-schedule';
import { scheduleProjection } from '../clock/schedule-projection';
import type { Keeper } from '../projections/projection';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { inMemoryProgressStore } from './in-memory-progress-store';
import { progressDocuments, progressFold } from './phone-progress';
import type { ProgressStore } from './progress-store';

const registers = batchOf(1, [event('TraineeRegistered', { trainee: registered })]);
const arrival: Arrival = {
  batch: { ...registers, unknownEvents: [] },
  position: { partition: 0, offset: '1' },
};
const arrivals = new Map([[maria, [arrival]]]);

/** Two replicas over the same stores. The other one writes its batch just before the nth read that this one begins. */
const readWhile = async (nth: number) => {
  const [store, schedules] = [inMemoryProgressStore(), inMemoryPhoneSchedules()];
  const keeper = scheduleProjection.keeper?.(schedules) as Keeper<unknown>;
  const keepers = [{ collection: 'schedule', keeper }];
  const includes = () => {
    const change = { before: undefined, next: progressFold(keepers).include(undefined, arrival) };
    return progressDocuments(store, keepers).save([{ phone: maria, included: [], ...change }]);
  };
  let reads = 0;
  const read = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (++reads === nth) await Promise.resolve().then(includes);
    return ask();
  };
  const watchedStore: ProgressStore = {
    ...store,
    load: (...asked) => read(() => store.load(...asked)),
    unreadable: (phones) => read(() => store.unreadable(phones)),
  };
  const watchedKeeper = { ...keeper, load: () => read(() => keeper.load(arrivals)) };
  const documents = progressDocuments(watchedStore, [{ collection: 'schedule', keeper: watchedKeeper }]);
  const known = (await documents.load(arrivals)).get(maria);
  const value = known?.kind === 'readable' ? known.value : undefined;
  const schedule = value?.kept.get('schedule') as PhoneSchedule | undefined;
  return { reads, standing: value?.trainee?.version ?? 0, kept: schedule?.version ?? 0 };
};

describe('what is read of a phone', () => {
  it('has all that its standing includes, whenever another replica writes', async () => {
    const { reads } = await readWhile(Infinity);
    expect(reads).toBeGreaterThan(1);
    for (let nth = 1; nth <= reads; nth += 1) {
      const { standing, kept } = await readWhile(nth);
      expect(kept).toBeGreaterThanOrEqual(standing);
    }
  });
});
