import { CheckpointGuard } from './checkpoint-guard';
import type { KeptAdmin } from './kept-admin';

/** A partition that ends here and was decided up to there, on which something happens between two looks at it. */
const guardOf = (partition: { end: number; decided: number }, meanwhile: () => void): CheckpointGuard => {
  const fetchTopicOffsets = () =>
    Promise.resolve([{ partition: 0, low: '0', high: String(partition.end), offset: String(partition.end) }]);
  const admin = { ask: (work: (admin: object) => unknown) => Promise.resolve(work({ fetchTopicOffsets })) };
  return new CheckpointGuard(admin as unknown as KeptAdmin, () => {
    meanwhile();
    return Promise.resolve(String(partition.decided));
  });
};

describe('partitions that end below their checkpoint', () => {
  it('are not those on which records come and are decided while they are compared', async () => {
    const partition = { end: 32, decided: 30 };
    const guard = guardOf(partition, () => {
      partition.end += 4;
      partition.decided = partition.end;
    });
    await expect(guard.shorter(['commands'])).resolves.toEqual([]);
    await expect(guard.shorter(['commands'])).resolves.toEqual([]);
  });

  it('are those of a topic that was made anew, also while something comes there', async () => {
    const partition = { end: 3, decided: 500 };
    const guard = guardOf(partition, () => (partition.end += 1));
    await expect(guard.shorter(['commands'])).resolves.toEqual([
      {
        place: 'commands/0',
        alarm: 'topic-made-anew',
        reason: 'ends at 4, but was decided up to 500: the topic was made anew',
      },
    ]);
  });
});
