import { readStored } from '@stopcovid/mongo';
import { replySchema, runDocumentSchema, toAnswered, toUnanswered } from '../progress/mongo-runs';
import { scoresOf } from '../progress/run-score';
import { inBatches, type Found } from './mongo-batches';
import { projectionOf, type ReadRuns } from './mongo-run-depths';
import type { ListedRun } from './run-figures';

const unanswered = runDocumentSchema.omit({
  ...{ prompts: true, replies: true },
  ...{ counts: true, replyDays: true, scores: true },
});

const withScores = unanswered.extend({ scores: runDocumentSchema.shape.scores.unwrap() });
const byScores: ReadRuns<ListedRun> = {
  projection: projectionOf(withScores),
  schema: withScores.transform(({ scores: { version: _version, ...scores }, ...run }) => ({
    ...toUnanswered(run),
    scores,
  })),
};

const scoredReply = replySchema.pick({ prompt: true, verdict: true, judged: true, repeatOf: true });
const withReplies = unanswered.extend({ replies: scoredReply.array().readonly().exactOptional() });
const byReplies: ReadRuns<ListedRun> = {
  projection: projectionOf(withReplies, { replies: scoredReply }),
  schema: withReplies.transform(toAnswered).transform(({ replies, ...run }) => ({
    ...run,
    scores: scoresOf({ ...run, ...(replies && { replies }) }),
  })),
};

type Document = {
  readonly _id?: unknown;
  readonly version?: unknown;
  readonly scores?: { readonly version?: unknown };
};

/* The last to write it was a release that does not keep what replies come to. */
const isFromBefore = ({ version, scores }: Document): boolean => scores?.version !== version;

/** Documents by their ids. */
type FindAgain = (ids: readonly string[]) => Found;

const repliesOf = async (documents: readonly Document[], again: FindAgain) => {
  const byId = new Map<unknown, Document>();
  const ids = documents.filter(isFromBefore).map(({ _id }) => _id as string);
  if (ids.length === 0) return byId;
  for await (const some of inBatches(again(ids), byReplies.projection))
    for (const document of some as readonly Document[]) byId.set(document._id, document);
  return byId;
};

/** The runs of a list that can be read, without their replies; what is from before their scores were kept is read again, with them. */
export async function* listedRunsIn(found: Found, again: FindAgain): AsyncGenerator<ListedRun> {
  for await (const documents of inBatches(found, byScores.projection)) {
    const answered = await repliesOf(documents, again);
    for (const document of documents as readonly Document[]) {
      const read = isFromBefore(document)
        ? readStored(byReplies.schema, answered.get(document._id))
        : readStored(byScores.schema, document);
      if (read.kind === 'readable') yield read.value;
    }
  }
}
