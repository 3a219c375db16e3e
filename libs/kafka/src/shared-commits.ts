import { groupBy, shareCalls } from '@stopcovid/runtime';
import type { EachBatchPayload } from 'kafkajs';
import { isGroupError } from './group-errors';

type Send = EachBatchPayload['commitOffsetsIfNecessary'];

/** What a partition commits: everything of it below `offset` is done. */
export type OffsetCommit = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** What is kept beside the offset; 4 KiB at most. */
  readonly metadata?: string;
  /** Does the partition still belong to the membership in which its records were fetched? */
  readonly isCurrent: () => boolean;
  readonly send: Send;
};

/**
 * Answers whether the offset was committed: not where the partition was lost before the request left. Rejects with
 * kafkajs' error; one of the group is everybody's who was in the request.
 */
export type CommitOffset = (commit: OffsetCommit) => Promise<boolean>;

const topicsOf = (commits: readonly OffsetCommit[]): NonNullable<Parameters<Send>[0]>['topics'] =>
  [...groupBy(commits, ({ topic }) => topic)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ partition, offset, metadata }) => ({
      partition,
      offset,
      ...(metadata === undefined ? {} : { metadata }),
    })),
  }));

/* kafkajs sends in the name of the membership that it has: nothing may be awaited between this look and `send`. */
const commitTogether = async (commits: readonly OffsetCommit[]): Promise<readonly boolean[]> => {
  const areCurrent = commits.map(({ isCurrent }) => isCurrent());
  const current = commits.filter((_, index) => areCurrent[index]);
  await current[0]?.send({ topics: topicsOf(current) });
  return areCurrent;
};

/** Commits of partitions of one membership: those that come while a request is on its way share the next one. */
export const sharedCommits = (): CommitOffset => shareCalls(commitTogether, { isEverybodys: isGroupError });
