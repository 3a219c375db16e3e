import type { Admin } from 'kafkajs';
import { placeOf } from './assignment';
import type { Mark } from './checkpoint-store';

/** How a mark travels beside a committed offset, where any client may have written anything. */
export const markText = ({ acceptedAt, offset }: Mark): string => `database ${acceptedAt}:${offset}`;

const markIn = (text: string | null | undefined): Mark | undefined => {
  const [, acceptedAt, offset] = /^database (\d+):(\d+)$/.exec(text ?? '') ?? [];
  return acceptedAt === undefined || offset === undefined
    ? undefined
    : { acceptedAt: Number(acceptedAt), offset };
};

/** Had the database come further when the mark was told? What somebody accepted since is not older. */
export const isOlder = (database: Mark, told: Mark): boolean =>
  database.acceptedAt === told.acceptedAt
    ? BigInt(database.offset) < BigInt(told.offset)
    : database.acceptedAt < told.acceptedAt;

/** What the members of a group have told of their database when they last committed, by place. */
export const toldMarks = async (
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, Mark>> => {
  const answers = await admin.fetchOffsets({ groupId, topics: [...topics] });
  return new Map(
    answers.flatMap(({ topic, partitions }) =>
      partitions.flatMap(({ partition, metadata }) => {
        const mark = markIn(metadata);
        return mark === undefined ? [] : [[placeOf(topic, partition), mark] as const];
      }),
    ),
  );
};

/** Why a partition stands still whose database is older than what it had told. */
export const olderReason = (database: Mark, told: Mark): string =>
  `the database has come to ${database.offset}, but had come to ${told.offset}: it was restored from a backup, and what ` +
  'was done since would be done again; dialog restore makes it whole (docs/backup.md)';
