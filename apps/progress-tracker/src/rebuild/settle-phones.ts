import type { Phone } from '@stopcovid/contracts';
import { pause } from '@stopcovid/runtime';
import {
  judgePhone,
  versionOf,
  type DocumentDifference,
  type Hole,
  type PhoneDocuments,
  type Verdict,
} from './judge-phone';
import { standing } from '../projections/projections';
import { catchUp, type ReadSoFar } from './read-topic';
import type { Job, SwapRules } from './rebuild-job';
import type { Finding, PhoneReport } from './rebuild-report';
import type { Replacement } from './rebuild-store';

/** A phone as it was seen at one moment, live and in the shadow. */
export type Seen = {
  readonly phone: Phone;
  readonly live: PhoneDocuments;
  readonly shadow: PhoneDocuments;
  readonly hole?: Hole;
};

const nothing: PhoneDocuments = new Map();

/** Looks at some phones. The live side is read first: what is written meanwhile shows as a later version. */
export const look = async (job: Job, phones: readonly Phone[]): Promise<readonly Seen[]> => {
  const live = await job.live.documents(phones);
  return withShadow(job, live);
};

const withShadow = async (job: Job, live: ReadonlyMap<Phone, PhoneDocuments>): Promise<readonly Seen[]> => {
  const phones = [...live.keys()];
  const shadow = await job.shadow.documents(phones);
  const holes = await job.shadow.holes(phones);
  return phones.map((phone) => {
    const seen = { phone, live: live.get(phone) ?? nothing, shadow: shadow.get(phone) ?? nothing };
    const hole = holes.get(phone);
    /* A hole that was noted and then filled is none. */
    const open = hole !== undefined && versionOf(seen.shadow) < (hole.found ?? Infinity);
    return open ? { ...seen, hole } : seen;
  });
};

/** Whether all is as it should be. */
export const isFine = (seen: Seen): boolean =>
  seen.hole === undefined && judgePhone(seen.live, seen.shadow).kind === 'same';

const targetsOf = (seen: readonly Seen[]): ReadonlyMap<Phone, number> =>
  new Map(
    seen.flatMap(({ phone, live, shadow }) => {
      const verdict = judgePhone(live, shadow);
      return verdict.kind === 'behind' ? [[phone, verdict.target] as const] : [];
    }),
  );

/** The phones against folds of the very versions that were seen live. */
const lookAtSameVersion = async (
  job: Job,
  phones: readonly Phone[],
  sofar: ReadSoFar,
): Promise<readonly Seen[]> => {
  const seen = await look(job, phones);
  const targets = targetsOf(seen);
  if (targets.size === 0) return seen;
  await catchUp(job, targets, sofar);
  return withShadow(job, new Map(seen.map(({ phone, live }) => [phone, live])));
};

type Conclusion = {
  readonly finding: Finding;
  readonly differences: readonly DocumentDifference[];
  readonly found?: number;
};

const holeWith = ({ hole }: Seen, differences: readonly DocumentDifference[]): Conclusion => ({
  finding: 'hole',
  differences,
  ...(hole?.found === undefined ? {} : { found: hole.found }),
});

/** What is to be said of a phone, when nothing more can be read of it; undefined when all is well. */
const concludeRead = (seen: Seen, verdict: Verdict): Conclusion | undefined => {
  switch (verdict.kind) {
    case 'same':
      return seen.hole === undefined ? undefined : holeWith(seen, []);
    case 'unsettled':
      return { finding: 'unsettled', differences: [] };
    case 'behind':
      return holeWith(seen, []);
    case 'different':
    case 'missing':
    case 'unknown':
    case 'late':
      return seen.hole === undefined
        ? { finding: verdict.kind, differences: verdict.differences }
        : holeWith(seen, verdict.differences);
  }
};

const conclude = (seen: Seen): Conclusion | undefined => {
  const verdict = judgePhone(seen.live, seen.shadow);
  /* Still behind after all was read, and nothing at all known of it: the topic never heard of the phone. */
  if (verdict.kind === 'behind' && seen.hole === undefined && versionOf(seen.shadow) === 0)
    return { finding: 'unknown', differences: removalOf(seen.live) };
  return concludeRead(seen, verdict);
};

const removalOf = (live: PhoneDocuments): readonly DocumentDifference[] =>
  [...live].flatMap(([collection, documents]) =>
    documents.map((document) => ({ collection, id: document._id, fields: [], live: document })),
  );

/** Whether the rules let what was found be replaced. */
export const mayReplace = (
  finding: Finding,
  rules: SwapRules | undefined,
  { handled }: Pick<ReadSoFar, 'handled'>,
): boolean => {
  if (rules === undefined) return false;
  switch (finding) {
    case 'different':
      return true;
    case 'missing':
      return handled || rules.late;
    case 'late':
      return rules.late;
    case 'unknown':
      return rules.unknown;
    case 'hole':
    case 'unsettled':
      return false;
  }
};

/** The standing is always written too: a service that has read the phone before finds that out, and reads it again. */
const replacementsOf = (
  { phone, live, shadow }: Seen,
  differences: readonly DocumentDifference[],
): readonly Replacement[] => {
  const changed = differences.map(({ collection, live: read, shadow: next }): Replacement => ({
    phone,
    collection,
    ...(read === undefined ? {} : { read }),
    ...(next === undefined ? {} : { next }),
  }));
  const { collection } = standing;
  const [read] = live.get(collection) ?? [];
  const [next] = shadow.get(collection) ?? [];
  if (changed.some((replacement) => replacement.collection === collection) || !read || !next) return changed;
  return [...changed, { phone, collection, read, next }];
};

const reportOf = (seen: Seen, conclusion: Conclusion, replaced: boolean): PhoneReport => ({
  phone: seen.phone,
  liveVersion: versionOf(seen.live),
  foldedVersion: versionOf(seen.shadow),
  ...conclusion,
  replaced,
});

type Concluded = { readonly seen: Seen; readonly conclusion: Conclusion };

const replaceAll = async (
  job: Job,
  concluded: readonly Concluded[],
  sofar: ReadSoFar,
): Promise<{ readonly replaced: ReadonlySet<Phone>; readonly lost: ReadonlySet<Phone> }> => {
  const wanted = concluded.filter(({ conclusion }) =>
    mayReplace(conclusion.finding, job.request.swap, sofar),
  );
  const lost = await job.live.replace(
    wanted.flatMap(({ seen, conclusion }) => replacementsOf(seen, conclusion.differences)),
  );
  const replaced = wanted.map(({ seen }) => seen.phone).filter((phone) => !lost.has(phone));
  return { replaced: new Set(replaced), lost };
};

const attempts = 8;
const firstPauseMs = 50;

/** One look at phones that seemed not to be well; answers those to look at again. */
const settleOnce = async (
  job: Job,
  phones: readonly Phone[],
  { sofar, last }: { readonly sofar: ReadSoFar; readonly last: boolean },
): Promise<readonly Phone[]> => {
  const seen = await lookAtSameVersion(job, phones, sofar);
  const concluded = seen.flatMap((each): readonly Concluded[] => {
    const conclusion = conclude(each);
    return conclusion === undefined ? [] : [{ seen: each, conclusion }];
  });
  job.tally.same(seen.length - concluded.length);
  const { replaced, lost } = await replaceAll(job, concluded, sofar);
  const again = concluded.filter(
    ({ seen: { phone }, conclusion }) => !last && (lost.has(phone) || conclusion.finding === 'unsettled'),
  );
  for (const { seen: each, conclusion } of concluded) {
    if (again.some((open) => open.seen === each)) continue;
    const finding = lost.has(each.phone) ? 'unsettled' : conclusion.finding;
    const report = reportOf(each, { ...conclusion, finding }, replaced.has(each.phone));
    job.tally.found(report);
    job.request.onPhone(report);
  }
  return again.map(({ seen: { phone } }) => phone);
};

/** Looks at phones that seemed not to be well until that is sure, replaces what may be replaced, and reports. */
export const settlePhones = async (job: Job, phones: readonly Phone[], sofar: ReadSoFar): Promise<void> => {
  let open = phones;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    await job.step();
    open = await settleOnce(job, open, { sofar, last: attempt >= attempts });
    if (open.length > 0) await pause(firstPauseMs * 2 ** attempt, job.request.signal);
  }
};
