import type { Recipe } from './scene';

/** What of a round says how it is loaded. */
export type Loaded = {
  readonly recipes: readonly Recipe[];
  /** How long recipes that soak do so; undefined is as long as each does by itself. */
  readonly soakMinutes: number | undefined;
  /** Texts a second, in and out together, of a soak at a steady rate. */
  readonly rate: number;
  /** Whether recipes that can be longer or shorter are to be short. */
  readonly short: boolean;
};

/** How many people text how often, and what the system is set to for that. */
export type Pace = {
  readonly phones: number;
  readonly everyMs: number;
  readonly throughCarrier: boolean;
  readonly sessionMs: number;
  readonly sweepEveryMs: number;
  /** What a database in memory may take; undefined is one in a file. */
  readonly databaseInMb: number | undefined;
};

/** Between two sweeps of the carrier's list, where minutes have to show what hours do. */
const sweepSoonMs = 2_000;

/** A text in is followed by 1.06 out over an hour, most of which is after everybody has had every drill. */
const textsPerTextIn = 2.06;

/*
 * In a file the server reads whole collections, which gets slower with each text: what goes on for long and leaves the
 * database alone has it in memory, which holds a hundred texts in a megabyte.
 */
const megabytesOf = ({ rate, soakMinutes = 60 }: Loaded): number =>
  1_000 + Math.ceil((rate * soakMinutes * 60) / 100);

/*
 * As many people as make up the rate when each texts every few seconds, and time enough for a busy machine's heartbeats.
 * The list is swept as often as in a deployment: a sweep reads the last quarter of an hour of it, however soon it comes.
 */
const soakPace = (loaded: Loaded): Pace => {
  const everyMs = 5_000;
  const phones = Math.max(1, Math.round(((loaded.rate / textsPerTextIn) * everyMs) / 1_000));
  const sweepEveryMs = 10 * 60_000;
  const databaseInMb = megabytesOf(loaded);
  return { phones, everyMs, throughCarrier: false, sessionMs: 20_000, sweepEveryMs, databaseInMb };
};

const often = { throughCarrier: false, everyMs: 2_000, sessionMs: 6_000 };

/* What is lost there is no member of a group: on a busy machine none is to be put out meanwhile. */
const carrierPace = { phones: 12, everyMs: 8_000, throughCarrier: true, sessionMs: 20_000 };

/** Beside all else that is tested, as many as leave the machine time to answer them: only then is judged how soon. */
export const paceOf = (loaded: Loaded): Pace => {
  const { short, recipes } = loaded;
  if (recipes.some(({ soaks }) => soaks)) return soakPace(loaded);
  const throughCarrier = recipes.some((recipe) => recipe.throughCarrier);
  const people = throughCarrier ? carrierPace : { ...often, phones: short ? 20 : 36 };
  return { ...people, sweepEveryMs: sweepSoonMs, databaseInMb: undefined };
};
