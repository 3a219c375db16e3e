import type { LocalDate } from '@stopcovid/calendar';

/** Whose figures these are: one revision of a drill in one language. Two are never pooled. */
export type Content = { readonly revision: string; readonly language: string };

/**
 * Whole numbers of one prompt, over the runs that were put it. `places` is the sum of those at which runs came to it
 * first; `right` and `graded` are runs with such an answer at any attempt, `reminded` those whose first answer came after
 * a reminder; `unclear` are replies.
 */
export const questionCounts = [
  'reached',
  'answered',
  'ended',
  'places',
  'right',
  'graded',
  'reminded',
  'unclear',
] as const;
export type QuestionCount = (typeof questionCounts)[number];

/**
 * Of what there were how many. `after`: from which prompt runs came to it first, as JSON; `firsts`: first graded answers,
 * as JSON of option, whether it was right, and rest score; `named` and `keyed`: replies that named an option, and those of
 * them that were judged right; `seconds`: from the question to the first answer, as `secondsOf` has them.
 */
export const questionTallies = ['after', 'firsts', 'named', 'keyed', 'seconds'] as const;
export type QuestionTally = (typeof questionTallies)[number];

/** All that figures tell of one prompt. Tables of parts of the runs add up to that of all, and it has no run in it. */
export type QuestionTable = Readonly<Record<QuestionCount, number>> &
  Readonly<Record<QuestionTally, ReadonlyMap<string, number>>>;

/** The prompts of one content of a drill, of so many runs, and the first local day on which one of these began. */
export type ContentTable = Content & {
  readonly drill: string;
  readonly firstDay: LocalDate;
  readonly runs: number;
  readonly prompts: ReadonlyMap<string, QuestionTable>;
};

/** Answer times are kept in whole seconds, from 1,000 on with three digits: so there are few however many answers. */
export const secondsOf = (ms: number): number => Number(Math.round(ms / 1_000).toPrecision(3));

type Growing = Record<QuestionCount, number> & Record<QuestionTally, Map<string, number>>;
type GrowingContent = Omit<ContentTable, 'firstDay' | 'runs' | 'prompts'> & {
  firstDay: LocalDate;
  runs: number;
  readonly prompts: Map<string, Growing>;
};

const empty = (): Growing => ({
  reached: 0,
  answered: 0,
  ended: 0,
  places: 0,
  right: 0,
  graded: 0,
  reminded: 0,
  unclear: 0,
  after: new Map(),
  firsts: new Map(),
  named: new Map(),
  keyed: new Map(),
  seconds: new Map(),
});

/** Adds so many of it to a tally. */
export const count = (tally: Map<string, number>, what: string, many = 1): void =>
  void tally.set(what, (tally.get(what) ?? 0) + many);

const addTable = (sums: Growing, table: QuestionTable): void => {
  for (const name of questionCounts) sums[name] += table[name];
  for (const name of questionTallies) for (const [what, many] of table[name]) count(sums[name], what, many);
};

/** Tables that grow by runs and by other tables. */
export type ContentSums = {
  /** The sums of one content, with one run more. Gives the sums of each of its prompts. */
  readonly addRun: (of: Omit<ContentTable, 'runs' | 'prompts'>) => (prompt: string) => Growing;
  readonly addContent: (table: ContentTable) => void;
  /** In the order of the first runs of each content. */
  readonly tables: () => readonly ContentTable[];
};

const inOrder = (one: ContentTable, other: ContentTable): number => {
  const [name, otherName] = [one, other].map(({ firstDay, drill, revision, language }) =>
    JSON.stringify([firstDay, drill, revision, language]),
  ) as [string, string];
  return name < otherName ? -1 : 1;
};

/** Tables without a run. */
export const contentSums = (): ContentSums => {
  const contents = new Map<string, GrowingContent>();
  const sumsOf = ({ drill, revision, language, firstDay }: Omit<ContentTable, 'runs' | 'prompts'>) => {
    const key = JSON.stringify([drill, revision, language]);
    const sums = contents.get(key) ?? { drill, revision, language, firstDay, runs: 0, prompts: new Map() };
    contents.set(key, sums);
    if (firstDay < sums.firstDay) sums.firstDay = firstDay;
    return sums;
  };
  const promptOf = ({ prompts }: GrowingContent, prompt: string): Growing => {
    const sums = prompts.get(prompt) ?? empty();
    prompts.set(prompt, sums);
    return sums;
  };
  return {
    addRun: (of) => {
      const sums = sumsOf(of);
      sums.runs += 1;
      return (prompt) => promptOf(sums, prompt);
    },
    addContent: (table) => {
      const sums = sumsOf(table);
      sums.runs += table.runs;
      for (const [prompt, own] of table.prompts) addTable(promptOf(sums, prompt), own);
    },
    tables: () => [...contents.values()].sort(inOrder),
  };
};

/** All that is in any of these tables, in whatever parts it came. */
export const addContents = (tables: Iterable<ContentTable>): readonly ContentTable[] => {
  const sums = contentSums();
  for (const table of tables) sums.addContent(table);
  return sums.tables();
};

/** A prompt, and what is kept of it. */
export type Prompted = readonly [prompt: string, table: QuestionTable];

/** In the order in which they are put, as far as branches have one: by the mean place at which runs came to them. */
export const promptsInOrder = ({ prompts }: ContentTable): readonly Prompted[] => {
  const placeOf = ({ places, reached }: QuestionTable): number => places / reached;
  return [...prompts].sort(
    ([name, one], [otherName, other]) => placeOf(one) - placeOf(other) || (name < otherName ? -1 : 1),
  );
};
