import { crowdNumber, crowdNumbersAtMost } from '@stopcovid/carrier-emulator';
import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { partitionOf } from '@stopcovid/kafka';
import { readTraineeRow } from '@stopcovid/progress-tracker';
import type { Options } from './options';

/** A trainee to be enrolled. */
export type Enrolled = { readonly phone: Phone; readonly employerId: string };

/** The people of a day: those who are enrolled, and their places among the numbers of a crowd, which grow. */
export type People = { readonly enrolled: readonly Enrolled[]; readonly places: readonly number[] };

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

/* Up to the fourth digit behind the area code: what follows makes no difference to what is known of areas. */
const digitsOfArea = '+1201555'.length + 1;

/** Whether the importer takes a row with this number: not of an area without people, nor of one of landlines alone. */
export const importerTakes = (phone: string): boolean => {
  const cells = { phone, consent_source: 'signed form', consent_on: '2026-01-05' };
  return readTraineeRow({ line: 1, cells }, { readZone: (zone) => ({ zone }) }).ok;
};

const takesByArea = (): ((number: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (number) => {
    const area = number.slice(0, digitsOfArea);
    const takes = known.get(area) ?? importerTakes(number);
    known.set(area, takes);
    return takes;
  };
};

/** The places of those who can be enrolled. */
const places = function* (): Generator<number> {
  const takes = takesByArea();
  for (let place = 0; place < crowdNumbersAtMost; place += 1) if (takes(crowdNumber(place))) yield place;
};

const first = (wanted: number): readonly number[] => {
  const chosen: number[] = [];
  for (const place of places()) if (chosen.push(place) === wanted) break;
  return chosen;
};

/* Whoever is passed over stays away. */
const crowdedFirst = (wanted: number): readonly number[] => {
  const ofCrowded = Math.round(wanted * crowdedShare);
  const room = { crowded: ofCrowded, others: wanted - ofCrowded };
  const chosen: number[] = [];
  for (const place of places()) {
    const kind = partitionOf(crowdNumber(place), partitions) === crowdedPartition ? 'crowded' : 'others';
    if (room[kind] === 0) continue;
    room[kind] -= 1;
    if (chosen.push(place) === wanted) break;
  }
  return chosen;
};

/** Who is enrolled. Throws RangeError where the crowd has too few numbers for that. */
export const peopleOf = (options: Pick<Options, 'crowd' | 'trainees'>): People => {
  const { crowd, trainees } = options;
  const chosen = crowd === 'hard' ? crowdedFirst(trainees) : first(trainees);
  if (chosen.length < trainees)
    throw new RangeError(`the crowd has numbers for ${chosen.length.toLocaleString('en-US')} such people`);
  return {
    enrolled: chosen.map((place, index) => ({
      phone: phoneSchema.parse(crowdNumber(place)),
      employerId: employerAt(index, options),
    })),
    places: chosen,
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
