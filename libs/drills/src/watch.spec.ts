import type { Sources } from './directory';
import type { FolderLook } from './folder-look';
import { unreadable } from './directory';
import { hear, type Judged } from './watch';

const found = (digest: string): Sources => ({ files: [], digest });
const gone = { unreadable: unreadable('/drills', new Error('gone')) };

/** What is told of one look after the other; what is called bad may not be used. */
const toldOf = (...looks: readonly (FolderLook | 'unchanged')[]): readonly string[] => {
  const told: string[] = [];
  const known = {};
  const options = {
    directory: '/drills',
    everyMs: 0,
    judge: ({ digest }: Sources): Judged<{ version: string }> =>
      digest.startsWith('bad')
        ? { ok: false, problems: [unreadable('/drills', digest)] }
        : { ok: true, held: { version: digest }, warnings: [] },
    onChange: ({ version }: { version: string }) => told.push(version),
    onRefused: ([problem]: readonly { message: string }[]) => told.push(`refused: ${problem?.message}`),
  };
  for (const look of looks) hear(options, known, look);
  return told;
};

describe('who watches drills hears', () => {
  it('of a refusal once, also where the same files are read again after looks that read nothing', () => {
    expect(toldOf(found('bad'), 'same', 'same', found('bad'), 'same')).toEqual(['refused: bad']);
  });

  it('of each that differs, and of what was in force before after a refusal', () => {
    expect(toldOf(found('one'), 'same', found('bad'), 'same', found('one'), found('two'))).toEqual([
      'one',
      'refused: bad',
      'one',
      'two',
    ]);
  });

  it('of a folder that is gone once, and of the drills in it when they are there again', () => {
    expect(toldOf(found('one'), gone, gone, found('one'), 'same')).toEqual(['one', 'refused: gone', 'one']);
  });

  it('of a bundle that cannot be fetched again once it was there between', () => {
    expect(toldOf(found('one'), gone, 'unchanged', gone)).toEqual(['one', 'refused: gone', 'refused: gone']);
  });
});
