import { readStored } from '@stopcovid/mongo';
import type { z } from 'zod';
import { given } from '../given';
import {
  promptSchema,
  replySchema,
  runDocumentSchema,
  storedRunSchema,
  toAnswered,
  wholeReplies,
} from '../progress/mongo-runs';
import { inBatches, type Found } from './mongo-batches';
import type { QuestionedRun } from './questioned-run';
import type { RunDepth, RunDepths } from './run-figures';

type Projection = Readonly<Record<string, 1>>;

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
const projectionOf = ({ shape }: Fields, parts: Readonly<Record<string, Fields>> = {}): Projection =>
  Object.fromEntries(
    Object.keys(shape).flatMap((name) => {
      const part = parts[name];
      if (part === undefined) return [[name, 1 as const]];
      return Object.keys(part.shape).map((inner) => [`${name}.${inner}`, 1 as const]);
    }),
  );

/* What follows from the rest is for the database to add up. */
const answered = runDocumentSchema.omit({ prompts: true, counts: true, replyDays: true });

const scoredReply = replySchema.pick({ prompt: true, verdict: true, judged: true, repeatOf: true });
const listed = answered.extend({ replies: scoredReply.array().readonly().exactOptional() });

/** What is read of runs in MongoDB, by how much is asked of them. */
export const runDepths: { readonly [Depth in RunDepth]: ReadRuns<RunDepths[Depth]> } = {
  whole: { projection: projectionOf(runDocumentSchema), schema: storedRunSchema },
  answers: { projection: projectionOf(answered), schema: answered.transform(toAnswered) },
  list: { projection: projectionOf(listed, { replies: scoredReply }), schema: listed.transform(toAnswered) },
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
