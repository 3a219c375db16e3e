import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageReference } from './reference.testkit';

const path = join(__dirname, '../../../docs/messages.md');

it('the message reference says what the schemas and the examples say', () => {
  const reference = messageReference();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, reference);
  expect(readFileSync(path, 'utf8')).toBe(reference);
});
