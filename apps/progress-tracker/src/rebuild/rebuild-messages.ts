import type { Phone } from '@stopcovid/contracts';
import { pause } from '@stopcovid/runtime';
import type { EventSource } from './event-source';
import { differencesOf, hasDocuments, type DocumentDifference, type PhoneDocuments } from './judge-phone';
import { LogReading, type LogJob } from './log-reading';
import type { LogStore } from './log-store';
import { logProjections } from '../projections/projections';
import { chunksOf, pagesOf } from './pages';
import { stepOf, type RebuildRequest } from './rebuild-job';
import { RebuildTally, type Finding, type RebuildTotals } from './rebuild-report';
import type { Replacement } from './rebuild-store';
import { mayReplace } from './settle-phones';

/** What a rebuild of the message log works with. */
export type LogRebuildParts = { readonly store: LogStore; readonly log: EventSource };

type Work = LogJob & {
  readonly live: LogStore['live'];
  readonly reading: LogReading;
  readonly handled: boolean;
};

type Concluded = {
  readonly phone: Phone;
  readonly finding: Finding;
  readonly differences: readonly DocumentDifference[];
};

const attempts = 8;
const firstPauseMs = 50;
const mostSuspects = 500;
const nothing: PhoneDocuments = new Map();

/**
 * Folds the message log afresh beside the live messages, with the service's own code, and compares them phone by phone
 * while the service goes on. A message says by no version how far it has come, so a phone is judged when nothing of it
 * lies between what the service has handled and the end of the log. With `swap`, what differs is replaced by compare-
 * and-set. Throws what the stores and the topic throw, and the signal's reason.
 */
export const rebuildMessages = async (
  { store, log }: LogRebuildParts,
  request: RebuildRequest,
): Promise<RebuildTotals> => {
  const { shadow, removed } = await store.openShadow();
  const tally = new RebuildTally();
  const job: LogJob = { request, log, shadow, tally, step: stepOf(shadow, request.signal) };
  try {
    const reading = new LogReading(job);
    const handled = await log.handled();
    await reading.readTo(handled ?? (await log.ends()));
    const work: Work = { ...job, live: store.live, reading, handled: handled !== undefined };
    await compareAll(work);
    return tally.totals({ leftOvers: removed, handled: work.handled });
  } finally {
    /* What cannot be removed now is removed by the next rebuild. */
    await shadow.remove().catch(() => undefined);
  }
};

const compareAll = async (work: Work): Promise<void> => {
  const total = work.request.phones?.length ?? (await work.shadow.count());
  let suspects: Phone[] = [];
  for await (const phones of phonesOf(work)) {
    await work.step();
    const seen = await look(work, phones);
    const doubtful = seen.filter(({ differences }) => differences.length > 0);
    work.tally.same(seen.length - doubtful.length);
    suspects.push(...doubtful.map(({ phone }) => phone));
    if (suspects.length >= mostSuspects) {
      await settle(work, suspects);
      suspects = [];
    }
    const done = work.tally.judged;
    work.request.onProgress?.({ stage: 'compare', done, total: Math.max(total, done) });
  }
  await settle(work, suspects);
};

/** All phones to compare: those asked for, or those of the log and then those that only live messages have. */
async function* phonesOf({ request, shadow, live }: Work): AsyncGenerator<readonly Phone[]> {
  if (request.phones !== undefined) return yield* chunksOf([...new Set(request.phones)]);
  yield* pagesOf((after) => shadow.phones(after));
  const told = new Set<Phone>();
  for (const { collection } of logProjections)
    for await (const phones of pagesOf((after) => live.phones(collection, after))) {
      const known = await shadow.known(phones);
      const strangers = phones.filter((phone) => !known.has(phone) && !told.has(phone));
      for (const phone of strangers) told.add(phone);
      if (strangers.length > 0) yield strangers;
    }
}

const findingOf = (live: PhoneDocuments, shadow: PhoneDocuments): Finding => {
  if (!hasDocuments(live)) return 'missing';
  return hasDocuments(shadow) ? 'different' : 'unknown';
};

/** Looks at some phones; the live side is read first. Without differences all is well. */
const look = async (
  { live, shadow, reading }: Work,
  phones: readonly Phone[],
): Promise<readonly Concluded[]> => {
  const has = await live.documents(phones);
  const should = await shadow.documents(phones);
  return phones.map((phone) => {
    const both = reading.judgeable(phone, has.get(phone) ?? nothing, should.get(phone) ?? nothing);
    return {
      phone,
      finding: findingOf(both.live, both.shadow),
      differences: differencesOf(logProjections, both.live, both.shadow),
    };
  });
};

/** The service may be ahead of what was folded: the shadow goes after it, and phones still under way come again. */
const lookAgain = async (work: Work, phones: readonly Phone[]) => {
  const { log, reading } = work;
  await reading.readTo((await log.handled()) ?? (await log.ends()));
  const seen = await look(work, phones);
  const beyond = await reading.beyond();
  return seen.map((each) => ({ ...each, underWay: beyond.has(each.phone) }));
};

const replacementsOf = ({ phone, differences }: Concluded): readonly Replacement[] =>
  differences.map(({ collection, live: read, shadow: next }) => ({
    phone,
    collection,
    ...(read === undefined ? {} : { read }),
    ...(next === undefined ? {} : { next }),
  }));

/** One look at phones that seemed not to be well; answers those to look at again. */
const settleOnce = async (work: Work, phones: readonly Phone[], last: boolean): Promise<readonly Phone[]> => {
  const { request, tally, live } = work;
  const seen = await lookAgain(work, phones);
  const off = seen.filter(({ differences }) => differences.length > 0);
  tally.same(seen.length - off.length);
  const wanted = off.filter(({ underWay, finding }) => !underWay && mayReplace(finding, request.swap, work));
  const lost = await live.replace(wanted.flatMap(replacementsOf));
  const again: Phone[] = [];
  for (const { phone, finding, differences, underWay } of off) {
    const open = underWay || lost.has(phone);
    if (open && !last) {
      again.push(phone);
      continue;
    }
    const replaced = !open && wanted.some((each) => each.phone === phone);
    const report = { phone, finding: open ? 'unsettled' : finding, differences, replaced } as const;
    tally.found(report);
    request.onPhone(report);
  }
  return again;
};

const settle = async (work: Work, phones: readonly Phone[]): Promise<void> => {
  let open = phones;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    await work.step();
    open = await settleOnce(work, open, attempt >= attempts);
    if (open.length > 0) await pause(firstPauseMs * 2 ** attempt, work.request.signal);
  }
};
