import type { pause } from '@stopcovid/runtime';
import type { LocalDate } from '@stopcovid/calendar';
import {
  areSame,
  bucketIdOf,
  byBucket,
  distinctKeys,
  keyOfCell,
  uncounted,
  type BucketKey,
  type Versions,
} from './bucket';
import { recounted, recountedQuestions } from './bucketed-figures';
import type { Buckets, CountedRuns, KeyedContents, Mark } from './buckets';
import { areSameQuestions } from './counted-questions';

/** What one look at the marks came to. */
export type RecountReport = {
  readonly recounted: number;
  /** How many somebody else wrote meanwhile. */
  readonly lost: number;
  /** How long the longest of the marks has been there; 0 without any. */
  readonly oldestMs: number;
  /** How many of the marks were left behind by a process that ended. */
  readonly leftBehind: number;
};

/** What one day's check came to. */
export type CheckReport = { readonly day: LocalDate; readonly drifted: readonly BucketKey[] };

export type RecounterParts = {
  readonly buckets: Buckets;
  readonly runs: CountedRuns;
  /** Whether it is this replica's turn. Where two are at it they disturb nothing but each other. */
  readonly isOurs: () => boolean;
  readonly now: () => number;
  readonly everyMs: number;
  readonly pause: typeof pause;
  readonly onRecount: (report: RecountReport) => void;
  readonly onCheck: (report: CheckReport) => void;
  readonly onTrouble: (error: unknown) => void;
};

const mostMarks = 1_000;
const bucketsAtOnce = 100;
const keysAMark = 500;
/** A write takes milliseconds: whoever has not finished one by now has ended in the midst of it. */
const leftBehindMs = 2 * 60_000;
const checkedDays = 60;
/* A bucket is counted from all of its runs: where it has ten thousand, doing so every few seconds would be half of the work. */
const restForWork = 19;
const hourMs = 3_600_000;
/* When least goes on, by UTC. */
const checkHour = 3;

const slicesOf = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );

const byId = (contents: readonly KeyedContents[]): ReadonlyMap<string, KeyedContents> =>
  new Map(contents.map((one) => [bucketIdOf(one.key), one]));

const isSame = (one: Versions, other: Versions): boolean =>
  one.cells === other.cells && one.questions === other.questions;

/** Counts buckets anew from their runs. Answers the ids of those that somebody else wrote meanwhile. */
export const recountBuckets = async (
  { buckets, runs }: Pick<RecounterParts, 'buckets' | 'runs'>,
  keys: readonly BucketKey[],
): Promise<ReadonlySet<string>> => {
  const lost = new Set<string>();
  for (const slice of slicesOf(keys, bucketsAtOnce)) {
    /* Versions first: who wrote after that has counted later than we did, and wins. */
    const versions = await buckets.versions(slice);
    const cells = byBucket(await recounted(runs, slice));
    const questions = byId(await recountedQuestions(runs, slice));
    const others = await buckets.save(
      slice.map((key) => {
        const id = bucketIdOf(key);
        const contents = questions.get(id)?.contents ?? [];
        return { key, cells: cells.get(id) ?? [], contents, read: versions.get(id) ?? uncounted };
      }),
    );
    for (const id of others) lost.add(id);
  }
  return lost;
};

/** Marks buckets whose runs nobody writes, so that they are counted anew. */
export const markForRecount = async (
  buckets: Pick<Buckets, 'mark' | 'written'>,
  keys: readonly BucketKey[],
): Promise<void> => {
  for (const slice of slicesOf(keys, keysAMark)) await buckets.written(await buckets.mark(slice));
};

/** What a bucket that is not there comes to. */
const empty = { areSumsRight: true, cells: [], contents: [] } as const;

/** How many buckets a day has, and which of them have drifted. */
export type Checked = { readonly buckets: number; readonly drifted: readonly BucketKey[] };

/**
 * Which buckets of a day are not what their runs come to, without those that are marked or were counted anew meanwhile.
 * Holds one day's buckets.
 */
export const checkDay = async (
  { buckets, runs }: Pick<RecounterParts, 'buckets' | 'runs'>,
  day: LocalDate,
): Promise<Checked> => {
  const stored = new Map((await buckets.on(day)).map((bucket) => [bucketIdOf(bucket.key), bucket]));
  const cells = byBucket(await runs.cellsOn(day));
  const questions = byId(await runs.questionsOn(day));
  const keys = distinctKeys([
    ...[...stored.values()].map(({ key }) => key),
    ...[...cells.values()].map(([first]) => keyOfCell(first)),
    ...[...questions.values()].map(({ key }) => key),
  ]);
  const different = keys.filter((key) => {
    const id = bucketIdOf(key);
    const { areSumsRight, cells: kept, contents } = stored.get(id) ?? empty;
    const counted = questions.get(id)?.contents ?? [];
    return !(areSumsRight && areSame(kept, cells.get(id) ?? []) && areSameQuestions(contents, counted));
  });
  if (different.length === 0) return { buckets: keys.length, drifted: [] };
  const marks = await buckets.marks(mostMarks);
  if (marks.length === mostMarks) throw new Error('too many buckets are marked to tell which have drifted');
  const marked = new Set(marks.flatMap((mark) => mark.keys.map(bucketIdOf)));
  const versions = await buckets.versions(different);
  const drifted = different.filter((key) => {
    const id = bucketIdOf(key);
    return !marked.has(id) && isSame(versions.get(id) ?? uncounted, stored.get(id)?.versions ?? uncounted);
  });
  return { buckets: keys.length, drifted };
};

/** The first day after this one that has runs or buckets. */
export const dayAfter = async (
  { buckets, runs }: Pick<RecounterParts, 'buckets' | 'runs'>,
  after: LocalDate | undefined,
): Promise<LocalDate | undefined> => {
  const days = await Promise.all([buckets.nextDay(after), runs.nextDay(after)]);
  return days.flatMap((day) => day ?? []).sort()[0];
};

const utcDayOf = (at: number): LocalDate => new Date(at).toISOString().slice(0, 10) as LocalDate;

/**
 * Keeps buckets up to their runs: counts anew what is marked, and once a night looks whether the rest still is what its
 * runs come to. What is not is marked, and told.
 */
export class Recounter {
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #areBuilt = false;
  /** The last day that tonight's check has looked at. */
  #checked: LocalDate | undefined;
  /** Of which day it is known that the check is done: whichever replica did it, it is not asked for again. */
  #doneOn: LocalDate | undefined;

  constructor(private readonly parts: RecounterParts) {}

  /** Starts looking; a second call changes nothing. */
  start(): void {
    this.#loop ??= this.#serve();
  }

  /** Resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** One look. Answers whether there may be more to do. */
  async tick(): Promise<boolean> {
    if (!this.parts.isOurs()) return false;
    await this.#build();
    return (await this.#recount()) || (await this.#check());
  }

  async #serve(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const since = this.parts.now();
      const more = await this.tick().catch((error: unknown) => {
        this.parts.onTrouble(error);
        return false;
      });
      const tookMs = this.parts.now() - since;
      if (!more && !signal.aborted)
        await this.parts.pause(Math.max(this.parts.everyMs, restForWork * tookMs), signal);
    }
  }

  /** All that there is of runs is marked once; until then nobody relies on buckets. */
  async #build(): Promise<void> {
    const { buckets, runs, now } = this.parts;
    this.#areBuilt ||= (await buckets.lastDone('built')) !== undefined;
    if (this.#areBuilt) return;
    for (let day = await runs.nextDay(undefined); day !== undefined; day = await runs.nextDay(day)) {
      const on = day;
      const employers = await runs.employersOn(on);
      await markForRecount(
        buckets,
        employers.map((employerId) => ({ employerId, day: on })),
      );
    }
    await buckets.noteDone('built', new Date(now()));
    this.#areBuilt = true;
  }

  async #recount(): Promise<boolean> {
    const { buckets, now, onRecount } = this.parts;
    const marks = await buckets.marks(mostMarks);
    const isLeftBehind = ({ written, at }: Mark): boolean => !written && now() - at.getTime() > leftBehindMs;
    /* Read before anything is counted: all that these marks are of is written. */
    const settled = marks.filter((mark) => mark.written || isLeftBehind(mark));
    const keys = distinctKeys(settled.flatMap((mark) => mark.keys));
    const lost = await recountBuckets(this.parts, keys);
    await buckets.remove(settled.filter((mark) => !mark.keys.some((key) => lost.has(bucketIdOf(key)))));
    onRecount({
      recounted: keys.length - lost.size,
      lost: lost.size,
      oldestMs: Math.max(0, ...marks.map(({ at }) => now() - at.getTime())),
      leftBehind: settled.filter(isLeftBehind).length,
    });
    return marks.length === mostMarks;
  }

  /** Looks at one day. Answers whether tonight's check goes on. */
  async #check(): Promise<boolean> {
    const { buckets, now, onCheck } = this.parts;
    if (this.#checked === undefined && !(await this.#isCheckDue())) return false;
    const after = this.#checked ?? utcDayOf(now() - (checkedDays + 1) * 24 * hourMs);
    const day = await dayAfter(this.parts, after);
    if (day === undefined) {
      await buckets.noteDone('checked', new Date(now()));
      this.#checked = undefined;
      return false;
    }
    const { drifted } = await checkDay(this.parts, day);
    await markForRecount(buckets, drifted);
    this.#checked = day;
    onCheck({ day, drifted });
    return true;
  }

  async #isCheckDue(): Promise<boolean> {
    const { buckets, now } = this.parts;
    const today = utcDayOf(now());
    if (this.#doneOn === today || new Date(now()).getUTCHours() < checkHour) return false;
    const last = await buckets.lastDone('checked');
    if (last === undefined || utcDayOf(last.getTime()) < today) return true;
    this.#doneOn = today;
    return false;
  }
}
