import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { storedRunSchema } from './mongo-runs';

const read = (name: string) =>
  mongo.BSON.EJSON.parse(readFileSync(join(__dirname, 'stored', name), 'utf8')) as { version: number };
const stored = read('drill-run.v3.json');

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

it('the reminders of a stored run are those of its document', () => {
  const run = storedRunSchema.parse(read('drill-run.v4.json'));
  expect(run.prompts[0]?.reminders).toEqual([
    { at: new Date('2026-03-03T09:00:00Z'), answeredAt: new Date('2026-03-03T10:00:00Z') },
  ]);
  expect(storedRunSchema.parse(stored).prompts[0]).not.toHaveProperty('reminders');
});
