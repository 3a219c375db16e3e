import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { projections } from './projections/projections';

const fixtures = projections.flatMap(({ collection, schema, samples }) => {
  const folder = join(__dirname, samples.folder);
  const names = readdirSync(folder).filter((name) => name.startsWith(`${samples.name}.v`));
  return names.map((name) => ({ name, collection, schema, path: join(folder, name) }));
});

describe('a document of an earlier release', () => {
  it('is kept of every projection, from the first release on', () =>
    expect(
      fixtures.filter(({ name }) => name.endsWith('.v1.json')).map(({ collection }) => collection),
    ).toEqual(projections.map(({ collection }) => collection)));

  it.each(fixtures)('can be read: $name of $collection', ({ schema, path }) => {
    const document: unknown = mongo.BSON.EJSON.parse(readFileSync(path, 'utf8'));
    expect(readStored(schema, document)).toMatchObject({ kind: 'readable' });
  });

  it.each(fixtures)(
    'cannot be read without its phone: $name of $collection',
    ({ collection, schema, path }) => {
      const document = mongo.BSON.EJSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      const field = projections.find((each) => each.collection === collection)?.phoneField ?? 'phone';
      expect(readStored(schema, { ...document, [field]: 'nobody' })).toMatchObject({ kind: 'unreadable' });
    },
  );
});
