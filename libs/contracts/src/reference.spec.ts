import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialogEventSchema, eventSample, eventTypes } from './events';
import { keepSample } from './examples.testkit';
import { messageReference } from './reference.testkit';

const path = join(__dirname, '../../../docs/messages.md');
const isWritten = process.env['UPDATE_DOCS'] === '1';

it('the message reference says what the schemas and the examples say', () => {
  const reference = messageReference();
  if (isWritten) writeFileSync(path, reference);
  expect(readFileSync(path, 'utf8')).toBe(reference);
});

it.each(eventTypes)('the sample of %s is one, on the wire as it is written', (type) => {
  if (isWritten) keepSample(type);
  expect(dialogEventSchema.parse(eventSample(type))).toEqual(eventSample(type));
});
