import type { Phone } from '@stopcovid/contracts';
import { chunksOf, pagesOf } from './pages';
import type { EventProjection } from '../projections/projection';
import { eventProjections, standing } from '../projections/projections';
import { readTopicIntoShadow, type ReadSoFar } from './read-topic';
import { stepOf, type Job, type RebuildParts, type RebuildRequest } from './rebuild-job';
import { RebuildTally, type RebuildTotals } from './rebuild-report';
import type { LiveProjections } from './rebuild-store';
import { isFine, look, settlePhones } from './settle-phones';

const mostSuspects = 500;

/**
 * Folds the topic of events afresh beside the live projections, with the service's own code, and compares the two
 * phone by phone at the same version, while the service goes on. With `swap`, what differs is replaced by compare-and-
 * set: the service notices, and folds its next batch onto what is new. No commands are produced. What is held in
 * memory does not grow with the number of phones. Throws what the stores and the topic throw, and the signal's reason.
 */
export const rebuildProgress = async (
  { store, events }: RebuildParts,
  request: RebuildRequest,
): Promise<RebuildTotals> => {
  const { shadow, removed } = await store.openShadow();
  const tally = new RebuildTally();
  const step = stepOf(shadow, request.signal);
  const job: Job = { request, events, live: store.live, shadow, tally, step };
  try {
    const sofar = await readTopicIntoShadow(job);
    await compareAll(job, sofar);
    return tally.totals({ leftOvers: removed, handled: sofar.handled });
  } finally {
    /* What cannot be removed now is removed by the next rebuild. */
    await shadow.remove().catch(() => undefined);
  }
};

const compareAll = async (job: Job, sofar: ReadSoFar): Promise<void> => {
  const total = job.request.phones?.length ?? (await job.shadow.count());
  let suspects: Phone[] = [];
  const settle = async (): Promise<void> => {
    await settlePhones(job, suspects, sofar);
    suspects = [];
  };
  const tell = (): void => {
    const done = job.tally.judged;
    job.request.onProgress?.({ stage: 'compare', done, total: Math.max(total, done) });
  };
  for await (const phones of phonesOf(job)) {
    await job.step();
    const seen = await look(job, phones);
    const doubtful = seen.filter((each) => !isFine(each)).map(({ phone }) => phone);
    job.tally.same(seen.length - doubtful.length);
    suspects.push(...doubtful);
    if (suspects.length >= mostSuspects) await settle();
    tell();
  }
  await settle();
  tell();
};

/** All phones to compare: those asked for, or those of the topic and then those that only the live projections have. */
async function* phonesOf(job: Job): AsyncGenerator<readonly Phone[]> {
  const { request, shadow } = job;
  if (request.phones !== undefined) return yield* chunksOf([...new Set(request.phones)]);
  yield* pagesOf((after) => shadow.phones(after));
  for (const projection of eventProjections) yield* strangersIn(job, projection);
}

/** The phones of a live projection that the topic does not know, each once. */
async function* strangersIn(
  { live, shadow }: Job,
  projection: EventProjection,
): AsyncGenerator<readonly Phone[]> {
  const told = new Set<Phone>();
  for await (const phones of pagesOf((after) => live.phones(projection.collection, after))) {
    const { trainees } = await shadow.store.load(phones, []);
    const unknown = phones.filter((phone) => !trainees.has(phone) && !told.has(phone));
    const strangers = projection === standing ? unknown : await withoutStanding(live, unknown);
    if (projection !== standing) for (const phone of strangers) told.add(phone);
    if (strangers.length > 0) yield strangers;
  }
}

/** Those that do not come with the standings anyhow. */
const withoutStanding = async (
  live: LiveProjections,
  phones: readonly Phone[],
): Promise<readonly Phone[]> => {
  if (phones.length === 0) return [];
  const documents = await live.documents(phones);
  return phones.filter((phone) => !documents.get(phone)?.get(standing.collection));
};
