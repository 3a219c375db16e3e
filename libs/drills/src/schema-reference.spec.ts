import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scheduleSettingsSchema } from '@stopcovid/calendar';
import { z } from 'zod';
import { copySchema } from './copy-file';
import { dripsSchema } from './drips-file';
import { courseFileSchema, drillFileSchema, editorSchema } from './editor-schemas';

const isWritten = process.env['UPDATE_DOCS'] === '1';

/** What editors are told of each kind of file that an author writes. */
it.each([
  ['drill', () => editorSchema(drillFileSchema)],
  ['course', () => editorSchema(courseFileSchema)],
  ['copy', () => z.toJSONSchema(copySchema, { reused: 'ref' })],
  ['drips', () => z.toJSONSchema(dripsSchema)],
  ['schedule', () => z.toJSONSchema(scheduleSettingsSchema)],
])('docs/%s.schema.json says what the reader takes', (name, describing) => {
  const path = join(__dirname, '../../../docs', `${name}.schema.json`);
  const described = JSON.stringify(describing(), null, 2);
  if (isWritten) writeFileSync(path, described);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(described));
});
