import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOutbox } from './outbox-document';

const folder = join(__dirname, 'fixtures');
const fixture = (file: string) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
const today = () => fixture('2026-11.json');
const [first] = today()['pending'] as readonly object[];

describe('a document in outboxes', () => {
  it.each(readdirSync(folder))('of an earlier release is read whole: %s', (file) => {
    const { _id, version, writeId, nextAt, priority, gap, ...content } = fixture(file);
    expect([writeId, nextAt, priority, gap]).not.toContain(undefined);
    expect(readOutbox(fixture(file))).toEqual({
      kind: 'readable',
      value: { phone: _id, revision: version, ...content },
    });
  });

  it('without any of the fields that came later is read', () => {
    const { optedInVersion, optedInAt, repeats, ...earlier } = today();
    expect([optedInVersion, optedInAt, repeats]).not.toContain(undefined);
    expect(readOutbox(earlier).kind).toBe('readable');
  });

  it.each([
    ['written by a later release', { pending: [{ ...first, delivery: { status: 'HELD' } }] }],
    ['with a kind of text of a later release', { pending: [{ ...first, kind: 'survey' }] }],
    ['truncated', { pending: undefined }],
    ['edited by hand', { lastVersion: '5' }],
    ['with a hole', { pending: [null] }],
  ])('%s is unreadable, and the reason holds nothing of it', (_how, changes) => {
    const read = readOutbox({ ...today(), ...changes });
    expect(read.kind).toBe('unreadable');
    expect(JSON.stringify(read)).not.toMatch(/2025550143|HELD|survey/);
  });
});
