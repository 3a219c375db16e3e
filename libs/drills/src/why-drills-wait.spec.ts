import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followCatalogue } from './follow';
import type { CataloguePlace } from './watch';
import { whyDrillsWait } from './why-drills-wait';

const nobody = {
  same: () => undefined,
  changed: () => undefined,
  refused: () => undefined,
  repaired: () => undefined,
};

const errorOf = (place: CataloguePlace): Promise<unknown> =>
  followCatalogue({ place, everyMs: 60_000, listener: nobody }).catch((error: unknown) => error);

describe('why drills wait', () => {
  const directory = mkdtempSync(join(tmpdir(), 'why-drills-wait-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('is told by file, place and remedy, the first few of many', async () => {
    writeFileSync(join(directory, 'course.yaml'), 'drills: [one, two, three, four, five]\n');
    const why = whyDrillsWait(await errorOf({ directory }));
    expect(why?.reason).toMatch(/cannot be used: course\.yaml:1:10 error .+; and 2 more in the log: set/);
    expect(why?.reason).toMatch(/: set the file right, or DRILLS_DIR$/);
    expect(why?.about.problems).toHaveLength(5);
  });

  it('is told of a folder that is not there', async () => {
    const missing = join(directory, 'missing');
    expect(whyDrillsWait(await errorOf({ directory: missing }))?.reason).toMatch(
      /missing:1:1 error file-unreadable .*ENOENT.*DRILLS_DIR$/,
    );
  });

  it('is told of an address that does not answer, and never what its query holds', async () => {
    const reason = whyDrillsWait(await errorOf({ url: 'http://127.0.0.1:1/drills.json?key=secret' }))?.reason;
    expect(reason).toMatch(
      /^the drills in http:\/\/127\.0\.0\.1:1\/drills\.json cannot be used: .*DRILLS_URL$/,
    );
    expect(reason).not.toContain('secret');
  });

  it('is not told of anything else', () => {
    expect(whyDrillsWait(new Error('the store is away'))).toBeUndefined();
  });
});
