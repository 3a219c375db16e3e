import { z } from 'zod';
import {
  questionCounts,
  questionTallies,
  type ContentTable,
  type QuestionTable,
  type QuestionTally,
} from '../figures/question-table';
import { groupBy } from '@stopcovid/runtime';
import { localDate } from '../progress/mongo-runs';
import type { BucketKey } from './bucket';

type Tally = readonly (string | number)[];

/* Each what is followed by how many. Looked at by hand: there are a million of them in a year's questions. */
const isTally = (stored: unknown): stored is Tally =>
  Array.isArray(stored) &&
  stored.length % 2 === 0 &&
  stored.every((part: unknown, index) =>
    index % 2 === 0 ? typeof part === 'string' : Number.isInteger(part),
  );

const tally = z.custom<Tally>(isTally);

const promptSchema = z.object({
  prompt: z.string(),
  /** In the order of `questionCounts`. */
  counts: z.array(z.int()).readonly(),
  after: tally,
  firsts: tally,
  named: tally,
  keyed: tally,
  seconds: tally,
} satisfies Record<QuestionTally | 'prompt' | 'counts', unknown>);

const drillSchema = z.object({
  drill: z.string(),
  contents: z
    .array(
      z.object({
        revision: z.string(),
        language: z.string(),
        runs: z.int(),
        prompts: z.array(promptSchema).readonly(),
      }),
    )
    .readonly(),
});

const documentSchema = z.object({
  _id: z.string(),
  employerId: z.string().nullable(),
  day: localDate,
  version: z.int(),
  /** Of one drill alone is asked. */
  drills: z.array(drillSchema).readonly(),
});

/** What a bucket says of questions, as stored, by drill. */
export type QuestionsDocument = z.infer<typeof documentSchema> & { readonly writeId: string };

const toTally = (stored: Tally): ReadonlyMap<string, number> =>
  new Map(
    Array.from({ length: stored.length / 2 }, (_, index) => [
      String(stored[2 * index]),
      Number(stored[2 * index + 1]),
    ]),
  );

const toTable = (stored: z.infer<typeof promptSchema>): QuestionTable =>
  Object.fromEntries([
    ...questionCounts.map((name, index) => [name, stored.counts[index] ?? 0] as const),
    ...questionTallies.map((name) => [name, toTally(stored[name])] as const),
  ]) as QuestionTable;

const fromTally = (tally: ReadonlyMap<string, number>): Tally => [...tally].flat();

const fromTable = ([prompt, table]: readonly [string, QuestionTable]) => ({
  prompt,
  counts: questionCounts.map((name) => table[name]),
  after: fromTally(table.after),
  firsts: fromTally(table.firsts),
  named: fromTally(table.named),
  keyed: fromTally(table.keyed),
  seconds: fromTally(table.seconds),
});

/** What a bucket says of questions, and which recount said it. */
export type StoredQuestions = Pick<QuestionsDocument, 'version'> & {
  readonly id: string;
  readonly contents: readonly ContentTable[];
};

/** A bucket's questions, as stored. */
export const storedQuestionsSchema: z.ZodType<StoredQuestions> = documentSchema.transform(
  ({ _id: id, day, version, drills }) => ({
    id,
    version,
    contents: drills.flatMap(({ drill, contents }) =>
      contents.map(({ prompts, ...content }) => ({
        drill,
        ...content,
        firstDay: day,
        prompts: new Map(prompts.map((one) => [one.prompt, toTable(one)])),
      })),
    ),
  }),
);

/** What is set on the document of a bucket's questions. */
export const fromContents = (
  key: BucketKey,
  contents: readonly ContentTable[],
): Pick<QuestionsDocument, 'employerId' | 'day' | 'drills'> => ({
  ...key,
  drills: [...groupBy(contents, ({ drill }) => drill)].map(([drill, own]) => ({
    drill,
    contents: own.map(({ revision, language, runs, prompts }) => ({
      revision,
      language,
      runs,
      prompts: [...prompts].map(fromTable),
    })),
  })),
});
