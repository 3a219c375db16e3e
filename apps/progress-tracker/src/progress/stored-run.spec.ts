import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { storedRunSchema } from './mongo-runs';

const stored = mongo.BSON.EJSON.parse(
  readFileSync(join(__dirname, 'stored', 'drill-run.v3.json'), 'utf8'),
) as { version: number };

describe('the replies of a stored run', () => {
  it('are those of the document where they include its last batch', () =>
    expect(storedRunSchema.parse(stored)).toMatchObject({ replies: [{}, {}], endedDay: '2026-03-03' }));

  it('are unknown where a release that does not keep them has written since', () => {
    const run = storedRunSchema.parse({ ...stored, version: stored.version + 1 });
    expect(run).not.toHaveProperty('replies');
    expect(run).not.toHaveProperty('endedDay');
    expect(run.groups).toMatchObject({ employerId: 'acme' });
  });
});

describe('when a stored run last changed', () => {
  it('is the time of its last batch', () =>
    expect(storedRunSchema.parse(stored).changedAt).toEqual(new Date('2026-03-03T10:00:00Z')));

  it('is unknown where a release that does not keep it has written since', () =>
    expect(storedRunSchema.parse({ ...stored, version: stored.version + 1 })).not.toHaveProperty(
      'changedAt',
    ));
});
