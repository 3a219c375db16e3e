import type { ResettableCheckpoints } from '@stopcovid/kafka';

/** What any store of checkpoints must do. */
export const checkpointStoreContract = (
  open: () => Promise<ResettableCheckpoints> | ResettableCheckpoints,
): void => {
  describe('a checkpoint store', () => {
    it('remembers the furthest offset of each partition, also beyond nine digits', async () => {
      const store = await open();
      await store.advance([{ topic: 'commands', partition: 1, offset: '9' }]);
      await store.advance([{ topic: 'commands', partition: 1, offset: '9007199254740991' }]);
      await store.advance([{ topic: 'commands', partition: 1, offset: '10' }]);
      await store.advance([{ topic: 'commands', partition: 2, offset: '7' }]);
      expect([await store.read('commands', 1), await store.read('commands', 2)]).toEqual([
        '9007199254740991',
        '7',
      ]);
    });

    it('forgets one partition, and takes any offset of it afterwards', async () => {
      const store = await open();
      await store.advance([
        { topic: 'letters', partition: 1, offset: '9' },
        { topic: 'letters', partition: 2, offset: '7' },
      ]);
      await store.forget('letters', 1);
      await store.forget('letters', 3);
      expect(await store.read('letters', 1)).toBeUndefined();
      await store.advance([{ topic: 'letters', partition: 1, offset: '2' }]);
      expect([await store.read('letters', 1), await store.read('letters', 2)]).toEqual(['2', '7']);
    });

    it('knows nothing of a partition of which nothing was decided', async () => {
      const store = await open();
      expect(await store.read('commands', 0)).toBeUndefined();
    });
  });
};
