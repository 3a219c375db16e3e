import { drillSlugSchema, languageSchema } from '@stopcovid/contracts';
import type { DrillCost } from '@stopcovid/drills';
import { costLines } from './cost-lines';

const cost = (drill: string, language: string, changes: Partial<DrillCost> = {}): DrillCost => ({
  drill: drillSlugSchema.parse(drill),
  language: languageSchema.parse(language),
  texts: 2,
  segments: 3,
  ucs2: 0,
  costly: [],
  ...changes,
});

describe('what drills cost', () => {
  it('is a line per drill and language, then a sum per language, with what makes texts UCS-2', () => {
    const hands = cost('hands', 'es', { texts: 10, segments: 12, ucs2: 2, costly: ['á', 'í'] });
    const masks = cost('masks-at-work', 'es', { ucs2: 1, costly: ['í', '’'] });
    expect(costLines([cost('hands', 'en'), hands, masks])).toEqual([
      '  hands          en    2 texts    3 segments',
      '  hands          es   10 texts   12 segments  2 in UCS-2: á í',
      '  masks-at-work  es    2 texts    3 segments  1 in UCS-2: í ’',
      '  together       en    2 texts    3 segments',
      '  together       es   12 texts   15 segments  3 in UCS-2: á í ’',
    ]);
  });

  it('names characters that nobody sees by their number', () => {
    const [line] = costLines([
      cost('hands', 'en', { ucs2: 1, costly: ['\u00a0', '\u200b', '\u0301', '🧼'] }),
    ]);
    expect(line).toContain('1 in UCS-2: U+00A0 U+200B U+0301 🧼');
  });

  it('names twelve characters at the most: a text in another script has nothing to spare', () => {
    const [line] = costLines([cost('hands', 'el', { ucs2: 1, costly: [...'αβγδεζηθικλμν'] })]);
    expect(line).toMatch(/α β γ δ ε ζ η θ ι κ λ μ …$/);
  });
});
