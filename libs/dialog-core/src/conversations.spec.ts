import { drillRevisionSchema } from '@stopcovid/contracts';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, inWorld, type Order, type World } from './dialog.testkit';

const formatter = join(__dirname, '../../../node_modules/oxfmt/bin/oxfmt');
const folder = join(__dirname, 'conversations');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
/** Writes what the dialog does today into the files, for the reader of the diff to judge. */
const rewrite = process.env['UPDATE_CONVERSATIONS'] === '1';

/** A conversation in a file: commands in their wire form, the envelope optional, each with all that it led to. */
type Golden = {
  readonly about: string;
  /** Revisions and codes of its own; the fixtures' where it has none. */
  readonly drills?: readonly unknown[];
  readonly codes?: World['codes'];
  readonly turns: readonly { readonly command: Order; readonly events?: readonly unknown[] }[];
};

const worldOf = ({ drills, codes }: Golden): World => ({
  drills: drills?.map((drill) => drillRevisionSchema.parse(drill)) ?? fixtures.drills,
  codes: codes ?? fixtures.codes,
});

const play = (golden: Golden): Golden => {
  const { batches } = inWorld(worldOf(golden)).when(...golden.turns.map(({ command }) => command));
  const turns = golden.turns.map(({ command }, index) => ({ command, events: batches[index]?.events ?? [] }));
  return { ...golden, turns };
};

/** As lint wants it, so that what was written can be committed. */
const write = (path: string, played: Golden): void => {
  writeFileSync(path, JSON.stringify(played, null, 2));
  execFileSync(process.execPath, [formatter, path]);
};

describe('golden conversations', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(0));

  it.each(files)('%s', (name) => {
    const path = join(folder, name);
    const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden;
    const played = play(golden);
    if (rewrite) write(path, played);
    else expect(played.turns).toEqual(golden.turns);
  });
});
