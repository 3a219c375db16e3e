import { crowdNumber, crowdNumbersAtMost } from '@stopcovid/carrier-emulator';
import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { partitionOf } from '@stopcovid/kafka';
import { parsePhoneNumberWithError } from 'libphonenumber-js/max';
import type { Options } from './options';

/** A trainee to be enrolled. */
export type Enrolled = { readonly phone: Phone; readonly employerId: string };

/** The people of a day: those who are enrolled, and how many numbers of the crowd, counted from 0, hold them all. */
export type People = { readonly enrolled: readonly Enrolled[]; readonly numbers: number };

const employers = 10;
export const partitions = 24;
/* In the hard crowd one of the partitions has a tenth, which is more than twice its share. */
const crowdedPartition = 7;
const crowdedShare = 0.1;

const employerIds = Array.from({ length: employers }, (_, index) => `employer-${index + 1}`);

const employerAt = (index: number, { crowd }: Pick<Options, 'crowd'>): string => {
  const isOfTheLargest = crowd === 'hard' && index % 2 === 0;
  const others = crowd === 'hard' ? employerIds.slice(1) : employerIds;
  const own = others[(crowd === 'hard' ? index >> 1 : index) % others.length];
  return (isOfTheLargest ? employerIds[0] : own) ?? '';
};

/* The importer takes no number of an area that has none; such people are in the crowd, and are not enrolled. */
const canBeEnrolled = (index: number): boolean => parsePhoneNumberWithError(crowdNumber(index)).isValid();

const first = (wanted: number): readonly number[] => {
  const chosen: number[] = [];
  for (let index = 0; chosen.length < wanted && index < crowdNumbersAtMost; index += 1)
    if (canBeEnrolled(index)) chosen.push(index);
  return chosen;
};

/* Whoever is passed over keeps their number, and is not enrolled. */
const crowdedFirst = (wanted: number): readonly number[] => {
  const ofCrowded = Math.round(wanted * crowdedShare);
  const places = { crowded: ofCrowded, others: wanted - ofCrowded };
  const chosen: number[] = [];
  for (let index = 0; chosen.length < wanted && index < crowdNumbersAtMost; index += 1) {
    const kind = partitionOf(crowdNumber(index), partitions) === crowdedPartition ? 'crowded' : 'others';
    if (places[kind] === 0 || !canBeEnrolled(index)) continue;
    places[kind] -= 1;
    chosen.push(index);
  }
  return chosen;
};

/** Who is enrolled. Throws RangeError where the crowd has too few numbers for that. */
export const peopleOf = (options: Pick<Options, 'crowd' | 'trainees'>): People => {
  const { crowd, trainees } = options;
  const chosen = crowd === 'hard' ? crowdedFirst(trainees) : first(trainees);
  if (chosen.length < trainees)
    throw new RangeError(`the crowd has numbers for ${chosen.length} such people`);
  return {
    enrolled: chosen.map((number, index) => ({
      phone: phoneSchema.parse(crowdNumber(number)),
      employerId: employerAt(index, options),
    })),
    numbers: (chosen.at(-1) ?? 0) + 1,
  };
};

/** How people behave: one in a hundred answers with five texts at once, one in a hundred never. */
export const behaviourOf = ({ thinkMs }: Pick<Options, 'thinkMs'>) => ({
  thinkFromMs: Math.min(200, thinkMs),
  thinkToMs: thinkMs,
  typo: 0.05,
  wrongWord: 0.05,
  ignore: 0.01,
  stop: 0.002,
  comeBack: 0.3,
  more: 0.1,
  hasty: 0.01,
  silent: 0.01,
});
