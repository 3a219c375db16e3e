import { phoneSchema } from '@stopcovid/contracts';
import { keptInMemory, noteAll } from '../projections/kept-stores';
import { batchOf, event } from '../tracker.testkit';

const phone = phoneSchema.parse('+12025550143');
const before = batchOf(1, [event('TraineeOptedOut'), event('SupportRequested')], { phone });
const erasure = batchOf(2, [event('TraineeErased')], {
  phone,
  trainee: { ...before.trainee, optedOut: true },
});
const since = batchOf(3, [event('SupportRequested')], { phone });

describe('what is noted of a phone', () => {
  it.each([
    ['as it comes', [[before], [erasure], [since]]],
    ['all at once', [[before, erasure, since]]],
    ['from before the erasure once more', [[before, erasure, since], [before]]],
    ['from before the erasure late', [[erasure, since], [before]]],
  ])('is what came since its person was erased, read %s', async (_how, slices) => {
    const kept = keptInMemory();
    for (const slice of slices) await noteAll(kept, slice);
    const history = await kept.histories.of(phone, { after: 0, limit: 9 });
    expect(history.map(({ sequence }) => sequence)).toEqual([2, 3]);
    const requests = await kept.contacts.list({}, { limit: 9 });
    expect(requests.map(({ sequence }) => sequence)).toEqual([3]);
    await expect(kept.consents.of(phone)).resolves.toMatchObject([{ consent: 'out', source: 'erasure' }]);
  });
});
