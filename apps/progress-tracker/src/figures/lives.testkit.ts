import { phoneSchema, type DecodedBatch, type Phone } from '@stopcovid/contracts';
import fc from 'fast-check';
import { batchOf } from '../tracker.testkit';
import { deed, lead, nobody, type Deed, type Phase } from './engine.testkit';

const hourMs = 3_600_000;
const begin = Date.parse('2026-03-06T15:00:00Z');

const phones = ['+12025550143', '+12025550144', '+12125550145'].map((phone) => phoneSchema.parse(phone));

const stranger: Phase = {
  trainee: nobody,
  runs: 0,
  given: [],
  rulings: 0,
};

/** One of so many phones, what happens to it, and when in milliseconds since 1970. */
export type Happening = { readonly who: number; readonly at: number; readonly deed: Deed };

/** All batches of what happened, in this order, as the engine makes them: each phone's versions have no holes. */
export const batchesOf = (
  phones: readonly Phone[],
  happenings: readonly Happening[],
): readonly DecodedBatch[] => {
  const phases = phones.map(() => ({ phase: stranger, version: 0 }));
  return happenings.flatMap(({ who, at: now, deed: does }) => {
    const [own, phone] = [phases[who], phones[who]];
    if (own === undefined || phone === undefined) throw new Error(`there is no phone ${who}`);
    const at = new Date(now).toISOString();
    const { events, after } = lead(own.phase, does, { id: `run-${who}`, at });
    own.phase = after;
    own.version += 1;
    return [batchOf(own.version, events, { phone, trainee: after.trainee, at })];
  });
};

const newcomer: Deed = {
  does: 'registers',
  to: {
    account: { employerId: 'acme', unitId: 'kitchen', labels: [] },
    zone: 'America/New_York',
    language: 'en',
  },
  demo: false,
};
const firstDrill: Deed = { does: 'starts', drill: 'one', revision: 'a', repeats: 'none' };

type Step = Pick<Happening, 'who' | 'deed'> & { readonly hours: number };

const datedFrom = (start: number, steps: readonly Step[]): readonly Happening[] => {
  let at = start;
  return steps.map(({ who, hours, deed: does }) => ({ who, deed: does, at: (at += hours * hourMs) }));
};

const step = fc.record({
  who: fc.nat({ max: phones.length - 1 }),
  hours: fc.constantFrom(0, 0.1, 1, 5, 11, 23, 40),
  deed,
});
const opening = phones.flatMap((_phone, who) =>
  [newcomer, firstDrill].map((does): Step => ({ who, hours: 0, deed: does })),
);

/** Some days of a few trainees, from their registrations on. */
export const lives = fc
  .array(step, { minLength: 10, maxLength: 60, size: 'max' })
  .map((rest) => batchesOf(phones, datedFrom(begin, [...opening, ...rest])));

/** A slice of records that is read, and how many documents are written before the process dies, if it does. */
export type Slice = { readonly back: number; readonly ahead: number; readonly diesAfter: number | null };

/** How the records come: in slices of any bounds, some again, some cut off in the midst of being written. */
export const slices = fc.array(
  fc.record({
    back: fc.nat({ max: 8 }),
    ahead: fc.integer({ min: 1, max: 12 }),
    diesAfter: fc.option(fc.nat({ max: 4 }), { nil: null }),
  }),
  { minLength: 3, maxLength: 12 },
);
