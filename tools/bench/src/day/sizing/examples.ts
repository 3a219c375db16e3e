import type { Constants } from './constants';
import { topicDays, type Drivers } from './drivers';

/** A kind of number that texts come from, and the segments a second that carriers let one send. */
export const numberKinds = { 'toll-free number': 3, 'short code': 100 } as const;
type NumberKind = keyof typeof numberKinds;

/** A deployment to be worked out. */
export type Example = {
  readonly name: string;
  /** The numbers that the account has, of one kind. */
  readonly numbers: { readonly kind: NumberKind; readonly count: number };
  readonly drivers: Drivers;
};

type Asked = Pick<Drivers, 'trainees' | 'zones' | 'answerMinutes'> & Omit<Example, 'drivers'>;

/* Five days a week for a year; a price as of a list, and so are the segments of the sample drills' texts. */
const alike = {
  dueShare: 0.9,
  deliveryDaysPerYear: 260,
  segmentsPerText: 1.5,
  pricePerSegment: 0.0079,
  topicDays,
  documentDays: Infinity,
  copies: { topics: 3, documents: 3 },
};

/** Three deployments whose people answer as those of the days that were played. */
export const examplesBy = ({ textsPerDrill }: Constants): readonly Example[] => {
  const example = ({ name, numbers, ...own }: Asked): Example => ({
    name,
    numbers,
    drivers: {
      ...alike,
      ...own,
      textsPerDrill,
      accountRate: numbers.count * numberKinds[numbers.kind],
    },
  });
  return [
    example({
      name: 'A chain of kitchens',
      trainees: 2_000,
      zones: 1,
      answerMinutes: 60,
      numbers: { kind: 'toll-free number', count: 5 },
    }),
    example({
      name: 'A national programme',
      trainees: 200_000,
      zones: 4,
      answerMinutes: 120,
      numbers: { kind: 'short code', count: 4 },
    }),
    example({
      name: 'Five million in ten zones',
      trainees: 5_000_000,
      zones: 10,
      answerMinutes: 120,
      numbers: { kind: 'short code', count: 31 },
    }),
  ];
};
