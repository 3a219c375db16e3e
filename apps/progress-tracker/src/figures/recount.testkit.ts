import type { DecodedBatch, DialogEvent } from '@stopcovid/contracts';
import { itemFigures, median, percentile, rate, tally, type CompletionCounts } from '@stopcovid/statistics';
import type { Grouping } from './lines';
import {
  begun,
  byPhone,
  erasuresOf,
  isCounted,
  isErased,
  isIn,
  isJudged,
  localDay,
  namesOf,
  replacedBy,
  rulingsIn,
  runsIn,
  startsIn,
  type Named,
  type Recounted,
  type Start,
  type Told,
} from './recounted-runs.testkit';
import type { DrillFilter, RunFilter } from './run-figures';

/*
 * The figures once more, from the events alone, by reading all of a phone for each of its runs: slow, and nothing of it
 * is how the service does it.
 */

const many = (runs: readonly Recounted[], are: (run: Recounted) => boolean): number =>
  runs.filter(are).length;

const countsOf = (runs: readonly Recounted[]): CompletionCounts => ({
  assigned: runs.length,
  sent: runs.length,
  started: many(runs, ({ told }) => told.some(({ event }) => isJudged(event))),
  completed: many(runs, ({ completedOn }) => completedOn !== undefined),
  due: runs.length,
  onTime: many(runs, ({ completedOn, day }) => completedOn !== undefined && completedOn <= day),
  optedOut: many(runs, ({ optedOut }) => optedOut),
});

const wordsOf: Readonly<Record<Exclude<Grouping, 'week'>, readonly string[]>> = {
  employer: ['employerId'],
  unit: ['employerId', 'unitId'],
  label: ['label'],
  drill: ['drill'],
  revision: ['drill', 'revision'],
  language: ['language'],
  reason: ['reason'],
  day: ['day'],
  month: ['month'],
};

type Asked = { readonly filter: RunFilter; readonly by: readonly Exclude<Grouping, 'week'>[] };

/** The lines of a table of completion, by their groups as text. */
export const recountedCompletion = (
  batches: readonly DecodedBatch[],
  { filter, by }: Asked,
): ReadonlyMap<string, CompletionCounts> => {
  const lines = new Map<string, Recounted[]>();
  for (const run of by.length === 0 ? [] : runsIn(batches, filter)) {
    const keys = namesOf(run).map((name) => {
      const words: Named = { ...name, month: run.day.slice(0, 7) };
      return groupText(Object.fromEntries(by.flatMap((one) => wordsOf[one].map((key) => [key, words[key]]))));
    });
    for (const key of new Set(keys)) lines.set(key, [...(lines.get(key) ?? []), run]);
  }
  return new Map([...lines].map(([key, runs]) => [key, countsOf(runs)]));
};

/** The total of a table of completion. */
export const recountedTotal = (batches: readonly DecodedBatch[], filter: RunFilter): CompletionCounts =>
  countsOf(runsIn(batches, filter));

/** The name of a group, whatever the order of its words. */
export const groupText = (group: object): string =>
  JSON.stringify(Object.entries(group).sort(([one], [other]) => (one < other ? -1 : 1)));

type Reply = {
  readonly prompt: string;
  readonly verdict: 'right' | 'wrong' | 'unclear' | 'ungraded';
  /** Before anybody ruled on it. */
  readonly judged: 'right' | 'wrong' | 'unclear' | 'ungraded';
  readonly option?: string | undefined;
  readonly seconds: number;
  readonly reminded: boolean;
};

const judgedAs = (event: DialogEvent): Reply['judged'] => {
  if (event.type === 'ReplyUnclear') return 'unclear';
  if (event.type === 'PromptCompleted') return event.correct === true ? 'right' : 'ungraded';
  return event.type === 'PromptFailed' && event.graded !== false ? 'wrong' : 'ungraded';
};

type Put = { readonly at: number; readonly reminded: boolean };
type Rulings = ReturnType<typeof rulingsIn>;

const replyIn = ({ at, event }: Told, put: ReadonlyMap<string, Put>, rulings: Rulings): readonly Reply[] => {
  if (!isJudged(event)) return [];
  const asked = put.get(event.prompt);
  if (asked === undefined) throw new Error(`${event.prompt} was not put`);
  const option = 'option' in event ? event.option : undefined;
  const seconds = (at - asked.at) / 1_000;
  const judged = judgedAs(event);
  const verdict = judged === 'ungraded' ? judged : (rulings.get(event) ?? judged);
  return [{ prompt: event.prompt, verdict, judged, option, seconds, reminded: asked.reminded }];
};

/** The replies to the prompts of a run's own drill, and which were put: what was put last is what is replied to. */
const readOf = ({
  told,
}: Recounted): { readonly put: ReadonlySet<string>; readonly replies: readonly Reply[] } => {
  const put = new Map<string, Put>();
  const replies: Reply[] = [];
  const rulings = rulingsIn(told);
  for (const { at, event } of told.filter((each) => !('repeat' in each.event && each.event.repeat))) {
    if (event.type === 'DrillStarted' || event.type === 'PromptAdvanced')
      put.set(event.prompt.slug, { at, reminded: false });
    if (event.type === 'TraineeReminded')
      put.set(event.prompt.slug, { at, ...put.get(event.prompt.slug), reminded: true });
    replies.push(...replyIn({ at, event }, put, rulings));
  }
  return { put: new Set(put.keys()), replies };
};

const firstTo = (replies: readonly Reply[], prompt: string): Reply | undefined =>
  replies.find((reply) => reply.prompt === prompt && reply.verdict !== 'unclear');

const isGraded = (reply: Reply | undefined): boolean =>
  reply?.verdict === 'right' || reply?.verdict === 'wrong';

type Read = ReturnType<typeof readOf> & { readonly completed: boolean };

const itemOf = (runs: readonly Read[], prompt: string) => {
  const all = runs.flatMap(({ replies }) => replies.filter((reply) => reply.prompt === prompt));
  const answers = runs.flatMap(({ replies, completed }) => {
    const first = firstTo(replies, prompt);
    if (first === undefined || !isGraded(first)) return [];
    const others = [...new Set(replies.map((reply) => reply.prompt))].filter((other) => other !== prompt);
    const rest = others.filter((other) => firstTo(replies, other)?.verdict === 'right').length;
    return [
      { option: first.option ?? null, right: first.verdict === 'right', rest: completed ? rest : null },
    ];
  });
  const options = [...new Set(all.flatMap(({ option }) => option ?? []))].sort();
  const rights = all.flatMap(({ judged, option }) => (judged === 'right' ? (option ?? []) : []));
  const often = (option: string): number => rights.filter((other) => other === option).length;
  const key = options.toSorted((one, other) => often(other) - often(one)).find(often) ?? null;
  return {
    ...(answers.length > 0 && { item: itemFigures(tally(answers), { options, key }) }),
    ...(key !== null && { key }),
  };
};

/** Whole seconds, of long times the first three digits. */
const readable = (seconds: number): number => {
  const unit = Math.max(1, 10 ** (String(Math.round(seconds)).length - 3));
  return Math.round(Math.round(seconds) / unit) * unit;
};

const questionOf = (runs: readonly Read[], prompt: string) => {
  const reached = runs.filter(({ put }) => put.has(prompt));
  const firsts = reached.flatMap(({ replies }) => firstTo(replies, prompt) ?? []);
  const own = reached.map(({ replies }) => replies.filter((reply) => reply.prompt === prompt));
  const seconds = firsts.map((first) => readable(first.seconds));
  return {
    prompt,
    reached: reached.length,
    answered: firsts.length,
    dropOff: rate(reached.length - firsts.length, reached.length),
    ...itemOf(reached, prompt),
    rightInTheEnd: rate(
      own.filter((replies) => replies.some(({ verdict }) => verdict === 'right')).length,
      own.filter((replies) => replies.some(isGraded)).length,
    ),
    afterReminder: rate(firsts.filter(({ reminded }) => reminded).length, firsts.length),
    ended: reached.filter(
      ({ completed, put, replies }) =>
        completed && [...put].at(-1) === prompt && replies.every((reply) => reply.prompt !== prompt),
    ).length,
    unclear: own.flat().filter(({ verdict }) => verdict === 'unclear').length,
    seconds: { median: median(seconds), p90: percentile(seconds, 90) },
  };
};

/** The questions of a drill, by revision and language, each by its prompt. */
export const recountedQuestions = (batches: readonly DecodedBatch[], filter: DrillFilter) => {
  const groups = new Map<string, Read[]>();
  for (const run of runsIn(batches, filter)) {
    const { revision, prompt } = run.start.event;
    const key = `${revision} ${prompt.language}`;
    groups.set(key, [
      ...(groups.get(key) ?? []),
      { ...readOf(run), completed: run.completedOn !== undefined },
    ]);
  }
  return new Map(
    [...groups].map(([key, runs]) => {
      const prompts = [...new Set(runs.flatMap(({ put }) => [...put]))];
      return [key, new Map(prompts.map((prompt) => [prompt, questionOf(runs, prompt)]))];
    }),
  );
};

const repliesOf = (own: readonly DecodedBatch[], { batch, event }: Start) =>
  own.flatMap(({ at, events }) =>
    events
      .filter((told) => isJudged(told) && told.runId === event.runId)
      .map(() => ({ phone: batch.phone, day: localDay(batch.trainee.profile.timeZone ?? 'UTC', at) })),
  );

/** Who replied on which of these days: to any question, in runs that count no more too, but in no demonstration. */
export const recountedActive = (
  batches: readonly DecodedBatch[],
  { from, until, ...exact }: RunFilter,
): number => {
  const replies = byPhone(batches).flatMap((own) =>
    startsIn(own)
      .filter((start) => start.batch.trainee.registration?.demo !== true && !isErased(own, start))
      .filter((start) => isIn(begun(start), exact))
      .flatMap((start) => repliesOf(own, start)),
  );
  const inTime = replies.filter(
    ({ day }) => (from === undefined || day >= from) && (until === undefined || day < until),
  );
  return new Set(inTime.map(({ phone }) => phone)).size;
};

/** How many of the questions that runs were put they answered, of how many. */
export const recountedParticipation = (batches: readonly DecodedBatch[], filter: RunFilter) => {
  const runs = runsIn(batches, filter).map(readOf);
  return {
    of: runs.reduce((sum, { put }) => sum + put.size, 0),
    count: runs.reduce(
      (sum, { put, replies }) => sum + [...put].filter((prompt) => firstTo(replies, prompt)).length,
      0,
    ),
  };
};

/** When runs changed, those that count no more among them, and whether they do: of those that changed by then or later. */
export const recountedChanges = (batches: readonly DecodedBatch[], since: string) =>
  new Map(
    startsIn(batches)
      .filter(isCounted)
      .map((start): readonly [string, readonly [string, boolean]] => {
        const erased = erasuresOf(batches, start);
        /* What is erased already is replaced by nothing. */
        const until = erased[0]?.version ?? Infinity;
        const replaced = [replacedBy(batches, start) ?? []].flat().filter(({ version }) => version < until);
        const own = batches.filter(({ events }) =>
          events.some((told) => 'runId' in told && told.runId === start.event.runId),
        );
        const gone = [...replaced, ...erased];
        const times = [...own, ...gone].map(({ at }) => at).sort();
        return [start.event.runId, [times.at(-1) ?? '', gone.length > 0]];
      })
      .filter(([, [at]]) => at >= since),
  );

/** Who passed, of the completed runs with a pass mark, and the mean score of those with a graded prompt. */
export const recountedScores = (batches: readonly DecodedBatch[], filter: RunFilter) => {
  const done = runsIn(batches, filter)
    .filter(({ completedOn }) => completedOn !== undefined)
    .map((run) => {
      const { replies } = readOf(run);
      const prompts = [...new Set(replies.map(({ prompt }) => prompt))];
      const firsts = prompts.map((prompt) => firstTo(replies, prompt)).filter(isGraded);
      const right = firsts.filter((first) => first?.verdict === 'right').length;
      return { mark: run.start.event.passMark, right, of: firsts.length };
    });
  const scored = done.filter(({ of }) => of > 0);
  const marked = done.flatMap(({ mark, ...score }) => (mark === undefined ? [] : [{ mark, ...score }]));
  const parts = scored.reduce((sum, { right, of }) => sum + Math.round((right / of) * 10_000), 0);
  return {
    passed: {
      count: marked.filter(({ mark, right, of }) => of > 0 && right / of >= mark / 100).length,
      of: marked.length,
    },
    score: { of: scored.length, mean: scored.length === 0 ? null : parts / (scored.length * 10_000) },
  };
};

/** What was said of confidence and satisfaction, in hundredths of a percent of the scale. */
export const recountedRatings = (batches: readonly DecodedBatch[], filter: RunFilter) => {
  const said = runsIn(batches, filter).map(({ told }) =>
    told.flatMap(({ event }) =>
      event.type === 'PromptCompleted' && event.repeat === undefined && event.rating ? [event.rating] : [],
    ),
  );
  const ofAll = said.map((ratings) => {
    const points = (what: string) => {
      const found = ratings.find(({ asks }) => asks === what);
      return found && Math.round(((found.value - found.least) / (found.most - found.least)) * 10_000);
    };
    return [points('confidence-before'), points('confidence-after'), points('satisfaction')] as const;
  });
  const pairs = ofAll.filter(([before, after]) => before !== undefined && after !== undefined);
  const satisfied = ofAll.filter(([, , satisfaction]) => satisfaction !== undefined);
  const sum = (runs: typeof ofAll, index: 0 | 1 | 2) =>
    runs.reduce((total, run) => total + (run[index] ?? 0), 0);
  return {
    ...{ pairs: pairs.length, before: sum(pairs, 0), after: sum(pairs, 1) },
    ...{ satisfied: satisfied.length, satisfaction: sum(satisfied, 2) },
  };
};
