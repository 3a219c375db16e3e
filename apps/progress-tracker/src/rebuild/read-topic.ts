import type { Phone } from '@stopcovid/contracts';
import { only, recordsBetween, type Offsets, type Range } from './event-source';
import { foldIntoShadow, type Wanted } from './fold-into-shadow';
import type { Job } from './rebuild-job';

/** How far the shadow has read, and whether the service says that it has handled as much. */
export type ReadSoFar = { readonly until: Offsets; readonly handled: boolean };

const sliceSize = 500;
/* So many phones are remembered by name; with more of them everything is read once more. */
const mostNamed = 10_000;
/* What came while we read is read on, until so little is left that it can be read phone by phone. */
const littleLeft = 5_000;
const mostRounds = 5;

const slicesOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / sliceSize) }, (_, index) =>
    all.slice(index * sliceSize, (index + 1) * sliceSize),
  );

/** Folds a range of the topic; answers how often a phone went on. */
export const foldRange = async (job: Job, range: Range, wanted?: Wanted): Promise<number> => {
  let written = 0;
  await job.events.read(range, async (records) => {
    for (const slice of slicesOf(records)) {
      await job.step();
      const folded = await foldIntoShadow(job.shadow, slice, wanted);
      job.tally.read(folded);
      written += folded.written;
    }
  });
  return written;
};

const named = (phones: readonly Phone[] | undefined): Wanted | undefined => {
  if (phones === undefined) return undefined;
  const names = new Set<string>(phones);
  return { phone: (phone) => names.has(phone) };
};

const beginning: Offsets = new Map();

const withProgress = (job: Job, until: Offsets): Range => ({
  from: beginning,
  until,
  onProgress: (done, total) => job.request.onProgress?.({ stage: 'read', done, total }),
});

/** The phones that their own partitions did not tell everything about: those may have been others once. */
const incomplete = async (job: Job, phones: readonly Phone[]): Promise<readonly Phone[]> => {
  const left: Phone[] = [];
  for (const slice of slicesOf(phones)) {
    const holes = await job.shadow.holes(slice);
    const { trainees } = await job.shadow.store.load(slice, []);
    left.push(...slice.filter((phone) => holes.has(phone) || !trainees.has(phone)));
  }
  return left;
};

const readHome = async (job: Job, phones: readonly Phone[], until: Offsets): Promise<readonly Phone[]> => {
  const home = only(until, new Set(phones.map((phone) => job.events.partitionOf(phone))));
  await foldRange(job, withProgress(job, home), named(phones));
  return incomplete(job, phones);
};

/**
 * Batches that stand on the topic before the one that they follow are found by reading once more, as the service does.
 * A pass in which nobody goes on shows that the holes are really there.
 */
const readUntilComplete = async (job: Job, until: Offsets): Promise<void> => {
  const { phones } = job.request;
  let names = phones === undefined ? undefined : await readHome(job, phones, until);
  while (names === undefined || names.length > 0) {
    await job.shadow.forgetHoles();
    const written = await foldRange(job, withProgress(job, until), named(names));
    const holes = await job.shadow.someHoles(mostNamed + 1);
    if (written === 0 || holes.length === 0) return;
    if (holes.length <= mostNamed) names = holes;
  }
};

/**
 * Folds the topic as far as the service has handled it: what it has not handled yet will lead to commands, so no
 * projection may be ahead of that.
 */
export const readTopicIntoShadow = async (job: Job): Promise<ReadSoFar> => {
  const handled = await job.events.handled();
  if (handled === undefined) {
    const until = await job.events.ends();
    await readUntilComplete(job, until);
    return { until, handled: false };
  }
  await readUntilComplete(job, handled);
  return { until: await readOn(job, handled), handled: true };
};

const readOn = async (job: Job, from: Offsets): Promise<Offsets> => {
  let until = from;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = (await job.events.handled()) ?? until;
    if (recordsBetween(until, next) <= littleLeft) return until;
    await foldRange(job, { from: until, until: next }, named(job.request.phones));
    until = next;
  }
  return until;
};

/** Folds some phones up to the versions given, from where the shadow has read to the topic's present end. */
export const catchUp = async (
  job: Job,
  targets: ReadonlyMap<Phone, number>,
  { until }: ReadSoFar,
): Promise<void> => {
  const wanted: Wanted = {
    phone: (phone) => (targets as ReadonlyMap<string, number>).has(phone),
    version: (phone, version) => version <= (targets.get(phone) ?? 0),
  };
  await foldRange(job, { from: until, until: await job.events.ends() }, wanted);
};
