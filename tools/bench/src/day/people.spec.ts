import { crowdNumber } from '@stopcovid/carrier-emulator';
import { partitionOf } from '@stopcovid/kafka';
import { importerTakes, partitions, peopleOf } from './people';

const share = (counts: ReadonlyMap<unknown, number>, all: number): number =>
  Math.max(...counts.values()) / all;

const countsOf = (values: readonly unknown[]): ReadonlyMap<unknown, number> => {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('the people of a day', () => {
  it('are spread over employers and partitions', () => {
    const people = peopleOf({ crowd: 'usual', trainees: 1_000 });
    const employers = countsOf(people.enrolled.map(({ employerId }) => employerId));
    expect([employers.size, share(employers, 1_000)]).toEqual([10, 0.1]);
    expect(people.places).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  });

  it('are, in the hard crowd, half of one employer and a tenth on one partition', () => {
    const { enrolled } = peopleOf({ crowd: 'hard', trainees: 1_000 });
    expect(new Set(enrolled.map(({ phone }) => phone)).size).toBe(1_000);
    expect(share(countsOf(enrolled.map(({ employerId }) => employerId)), 1_000)).toBe(0.5);
    expect(share(countsOf(enrolled.map(({ phone }) => partitionOf(phone, partitions))), 1_000)).toBe(0.1);
  });

  it('may be 100,000, each with a number that the importer takes, also where a tenth are on one partition', () => {
    for (const crowd of ['usual', 'hard'] as const) {
      const { enrolled, places } = peopleOf({ crowd, trainees: 100_000 });
      expect(new Set(enrolled.map(({ phone }) => phone)).size).toBe(100_000);
      expect(enrolled.filter(({ phone }) => !importerTakes(phone))).toEqual([]);
      expect(places.map(crowdNumber)).toEqual(enrolled.map(({ phone }) => phone));
      const crowded = enrolled.filter(({ phone }) => partitionOf(phone, partitions) === 7);
      if (crowd === 'hard') expect(crowded).toHaveLength(10_000);
    }
  });

  it('are no more than there are numbers', () => {
    for (const crowd of ['usual', 'hard'] as const)
      expect(() => peopleOf({ crowd, trainees: 1_000_000 })).toThrow(RangeError);
  });
});
