import { readStored } from '@stopcovid/mongo';
import type { z } from 'zod';
import { given } from '../given';
import type { DrillRun } from '../progress/drill-run';
import {
  promptSchema,
  replySchema,
  runDocumentSchema,
  storedRunSchema,
  toAnswered,
  wholeReplies,
} from '../progress/mongo-runs';
import { inBatches, type Found, type Projection } from './mongo-batches';
import type { QuestionedRun } from './questioned-run';
import type { AnsweredRun } from './run-figures';

/** What is read of the documents of runs, and what it says. */
export type ReadRuns<Run> = { readonly projection: Projection; readonly schema: z.ZodType<Run> };

/** The runs that can be read, as much as is read of them. */
export async function* readRuns<Run>(
  found: Found,
  { projection, schema }: ReadRuns<Run>,
): AsyncGenerator<Run> {
  for await (const documents of inBatches(found, projection))
    for (const document of documents) {
      const read = readStored(schema, document);
      if (read.kind === 'readable') yield read.value;
    }
}

type Fields = { readonly shape: Readonly<Record<string, unknown>> };

/** The fields of a document, of some of which only parts are read. */
export const projectionOf = ({ shape }: Fields, parts: Readonly<Record<string, Fields>> = {}): Projection =>
  Object.fromEntries(
    Object.keys(shape).flatMap((name) => {
      const part = parts[name];
      if (part === undefined) return [[name, 1 as const]];
      return Object.keys(part.shape).map((inner) => [`${name}.${inner}`, 1 as const]);
    }),
  );

/** All of the runs. */
export const wholeRuns: ReadRuns<DrillRun> = {
  projection: projectionOf(runDocumentSchema),
  schema: storedRunSchema,
};

/* What follows from the rest is for the database to add up. */
const answered = runDocumentSchema.omit({ prompts: true, counts: true, replyDays: true, scores: true });

/** Runs without what was put in them. */
export const answeredRuns: ReadRuns<AnsweredRun> = {
  projection: projectionOf(answered),
  schema: answered.transform(toAnswered),
};

const questionedPrompt = promptSchema.pick({ prompt: true, repeatOf: true });
const questionedReply = replySchema.pick({
  ...{ prompt: true, verdict: true, judged: true, option: true },
  ...{ afterMs: true, reminded: true, repeatOf: true },
});
const questioned = runDocumentSchema
  .pick({ version: true, repliesVersion: true, drill: true, revision: true, status: true, groups: true })
  .extend({
    prompts: questionedPrompt.array().readonly(),
    replies: questionedReply.array().readonly().exactOptional(),
  });

/** What is read of runs for the tables of their questions. */
export const questionedRuns: ReadRuns<QuestionedRun> = {
  projection: projectionOf(questioned, { prompts: questionedPrompt, replies: questionedReply }),
  schema: questioned.transform(({ version, repliesVersion, replies, ...run }) => ({
    ...run,
    ...wholeReplies({ version, ...given({ repliesVersion, replies }) }),
  })),
};
