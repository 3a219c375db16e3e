import { spoil, spoilings, stillSpoilt, updateTo } from './spoiling';

const document = { _id: '+12025550143', partition: 3, version: 7, pending: [{ id: 'a' }], optedOut: false };
const kept = new Set(['_id', 'partition']);

describe('a document is spoilt', () => {
  it.each(spoilings)('%s: in all but what it is found by', (how) => {
    const spoilt = spoil(document, kept, how);
    expect(spoilt.map(({ field }) => field)).toEqual(['version', 'pending', 'optedOut']);
    for (const { now, before } of spoilt) expect(now).not.toEqual(before);
  });

  it('is mended where nobody has written since', () => {
    const spoilt = spoil(document, kept, 'truncated');
    const { _id, partition } = document;
    const mended = stillSpoilt({ _id, partition, version: 8 }, spoilt);
    expect(updateTo(mended.map(({ field, before }) => ({ field, value: before })))).toEqual({
      $set: { pending: [{ id: 'a' }], optedOut: false },
    });
  });

  it('has fields taken away and others set in one update', () => {
    const values = [
      { field: 'version', value: '7' },
      { field: 'pending', value: undefined },
    ];
    expect(updateTo(values)).toEqual({ $set: { version: '7' }, $unset: { pending: 1 } });
  });
});
