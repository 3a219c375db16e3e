import { partitionOf } from '@stopcovid/kafka';
import { parsePhoneNumberWithError } from 'libphonenumber-js/max';
import { partitions, peopleOf } from './people';

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
    expect(people.numbers).toBe(1_000);
  });

  it('are, in the hard crowd, half of one employer and a tenth on one partition', () => {
    const { enrolled } = peopleOf({ crowd: 'hard', trainees: 1_000 });
    expect(new Set(enrolled.map(({ phone }) => phone)).size).toBe(1_000);
    expect(share(countsOf(enrolled.map(({ employerId }) => employerId)), 1_000)).toBe(0.5);
    expect(share(countsOf(enrolled.map(({ phone }) => partitionOf(phone, partitions))), 1_000)).toBe(0.1);
  });

  it('may be 10,000, each with a number that the importer takes, also where a tenth are on one partition', () => {
    for (const crowd of ['usual', 'hard'] as const) {
      const { enrolled } = peopleOf({ crowd, trainees: 10_000 });
      expect(new Set(enrolled.map(({ phone }) => phone)).size).toBe(10_000);
      const takes = (phone: string): boolean => parsePhoneNumberWithError(phone).isValid();
      expect(enrolled.filter(({ phone }) => !takes(phone))).toEqual([]);
      const crowded = enrolled.filter(({ phone }) => partitionOf(phone, partitions) === 7);
      if (crowd === 'hard') expect(crowded).toHaveLength(1_000);
    }
  });

  it('are no more than there are numbers', () => {
    expect(() => peopleOf({ crowd: 'usual', trainees: 1_000_000 })).toThrow(RangeError);
  });
});
