import { read } from '../repository.testkit';
import { sourcesOf } from './code.testkit';

/** Each package's catalogue. */
const catalogues: Readonly<Record<string, string>> = {
  'libs/contracts': 'libs/contracts/src/failure-codes.ts',
  'libs/kafka': 'libs/kafka/src/failure-codes.ts',
  'apps/dialog-engine': 'apps/dialog-engine/src/commands/failure-codes.ts',
  'apps/sms-sender': 'apps/sms-sender/src/outbox/failure-codes.ts',
};

const codesIn = (file: string): readonly string[] =>
  [...read(file).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, code = '']) => code);

const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` +\| `?([\w -]+?)`? +\|/gm)].map(
  ([, code = '', where = '']) => ({ code, where }),
);
const documentedOf = (where: string): readonly string[] =>
  rows.flatMap((row) => (row.where === where ? [row.code] : []));

describe('the failure codes', () => {
  it.each(Object.values(catalogues))('of %s are there', (file) =>
    expect(codesIn(file).length).toBeGreaterThan(2),
  );

  it('are in one catalogue each, and on the page with their cause and remedy, and no others', () => {
    /* The command line's own: a person's ruling, which no code of ours can give. */
    const byHand = 'GIVEN_UP';
    const all = [...Object.values(catalogues).flatMap(codesIn), byHand];
    expect(all.sort()).toEqual(rows.map(({ code }) => code).sort());
  });

  it.each(['dialog-engine', 'sms-sender'])('of %s stand on the page under its name', (app) =>
    expect([...documentedOf(app)].sort()).toEqual([...codesIn(catalogues[`apps/${app}`] ?? '')].sort()),
  );

  it.each(['progress-tracker', 'sms-ingress'])('are none of %s: it puts aside what others name', (app) =>
    expect(
      sourcesOf(`apps/${app}`).flatMap((text) => [
        ...text.matchAll(/(?:code: |deadLetter\(|retry\()'([A-Z_]+)'/g),
      ]),
    ).toEqual([]),
  );

  it('of sms-sender are written nowhere but in their catalogue', () => {
    const stray = sourcesOf('apps/sms-sender').flatMap((text) => [...text.matchAll(/code: '(\w+)'/g)]);
    expect(stray.map(([, code]) => code).filter((code) => !/^\d+$/.test(code ?? ''))).toEqual([]);
  });
});
