import type { LocalDate } from '@stopcovid/calendar';
import fc from 'fast-check';
import { addCounts, completionOf, countRuns, type RunFacts } from './completion';
import { rounded } from './statistics.testkit';

const dueOn = '2026-03-08' as LocalDate;
const late = '2026-03-09' as LocalDate;
const given = { demo: false, dueOn };

const done: RunFacts = { ...given, stage: 'completed', completedOn: dueOn };
const started: RunFacts = { ...given, stage: 'started', optedOut: false };

/** The unit of a run is the one that its trainee was in when it was assigned. */
const runs: readonly { readonly unit: string; readonly run: RunFacts }[] = [
  { unit: 'U', run: done },
  { unit: 'U', run: { ...given, stage: 'completed', completedOn: late } },
  { unit: 'U', run: started },
  { unit: 'U', run: { ...given, stage: 'sent', optedOut: false } },
  { unit: 'U', run: { ...given, stage: 'sent', optedOut: true } },
  { unit: 'U', run: { ...given, stage: 'started', optedOut: true } },
  { unit: 'U', run: { ...done, demo: true } },
  /* Its trainee is in V by now. */
  { unit: 'U', run: done },
];

const completionIn = (unit: string) =>
  completionOf(countRuns(runs.filter((run) => run.unit === unit).map(({ run }) => run)));

describe('the completion of a unit', () => {
  it('counts how far the runs came that were assigned in it', () => {
    const { assigned, sent, started, completed, due, onTime, optedOut } = completionIn('U');
    expect({ assigned, sent, started, completed, due, onTime, optedOut }).toEqual({
      assigned: 7,
      sent: 7,
      started: 5,
      completed: 3,
      due: 7,
      onTime: 2,
      optedOut: 2,
    });
  });

  it('has a rate for each denominator', () => {
    const { ofAssigned, ofStarted, withoutOptedOut, onTimeOfDue, engaged } = completionIn('U');
    const rates = [ofAssigned, ofStarted, withoutOptedOut, onTimeOfDue, engaged];
    expect(rates.map(({ count, of }) => `${count}/${of}`)).toEqual(['3/7', '3/5', '3/5', '2/7', '5/7']);
    expect(
      rounded(
        3,
        rates.map(({ share }) => share),
      ),
    ).toEqual([0.429, 0.6, 0.6, 0.286, 0.714]);
  });

  it('owes nothing to who came later', () =>
    expect(completionIn('V')).toMatchObject({ assigned: 0, completed: 0, ofAssigned: { share: null } }));
});

it.each<[string, RunFacts, number, number]>([
  ['on the due day is on time', done, 1, 1],
  ['a day later is not', { ...given, stage: 'completed', completedOn: late }, 1, 0],
  ['without a due day, nothing is on time or late', { ...done, dueOn: null }, 0, 0],
])('%s', (_, run, due, onTime) => expect(countRuns([run])).toMatchObject({ completed: 1, due, onTime }));

const anyRun: fc.Arbitrary<RunFacts> = fc
  .record({
    demo: fc.boolean(),
    dueOn: fc.constantFrom(null, dueOn),
    optedOut: fc.boolean(),
    stage: fc.constantFrom('assigned', 'sent', 'started', 'completed'),
    completedOn: fc.constantFrom(dueOn, late),
  })
  .map(({ demo, dueOn: day, optedOut, stage, completedOn }) =>
    stage === 'completed' ? { demo, dueOn: day, stage, completedOn } : { demo, dueOn: day, stage, optedOut },
  );

it('the counts of parts, added, are those of the whole, and no rate is above 1', () =>
  fc.assert(
    fc.property(fc.array(fc.array(anyRun)), (parts) => {
      const whole = countRuns(parts.flat());
      expect(addCounts(parts.map(countRuns))).toEqual(whole);
      expect(() => completionOf(whole)).not.toThrow();
    }),
  ));
