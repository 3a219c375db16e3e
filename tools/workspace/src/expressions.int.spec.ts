import { compileKeywords, defaultKeywords } from '@stopcovid/dialog-core';
import { expressionsIn, expressionsMadeBy, superLinear } from './expressions.testkit';
import { filesBelow, read } from './repository.testkit';

const running = ['apps', 'libs', 'tools']
  .flatMap(filesBelow)
  .filter((file) => file.endsWith('.ts') && !/\.(spec|testkit|contract)\.ts$/.test(file));

describe('no regular expression takes more than linear time', () => {
  it('of those that our code writes', async () => {
    const written = running.flatMap((file) => expressionsIn(file, read(file)));
    expect(written.length).toBeGreaterThan(200);
    expect(await superLinear(written)).toEqual([]);
  });

  it('of those that the core puts together', async () => {
    const made = expressionsMadeBy(() => {
      jest.isolateModules(() => {
        jest.requireActual('@stopcovid/dialog-core');
      });
      compileKeywords(defaultKeywords);
    });
    expect(made.length).toBeGreaterThan(2);
    expect(await superLinear(made)).toEqual([]);
  });

  it.each([
    ['a run before an end', String.raw`const x = /\s+$/;`],
    ['two runs of the same', String.raw`const x = /^\s*:?\s*b/;`],
    ['a run in a run', 'const x = /^(a+)+b/;'],
    ['a beginning that comes again before an end', "const x = /i'm driving.*auto/;"],
  ])('of which a check refuses %s', async (_what, planted) =>
    expect(await superLinear(expressionsIn('planted.ts', planted))).toHaveLength(1),
  );

  it('of which a check refuses one that is put together', async () => {
    const made = expressionsMadeBy(() => new RegExp(['a', '+$'].join('')));
    expect(await superLinear(made)).toEqual(['made while loading: /a+$/ is 2nd degree polynomial']);
  });
});
