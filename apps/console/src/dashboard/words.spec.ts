import { duration, languageName, mondayOf, percent, readable, shareOf } from './words';
import { narrowedTo } from './words-of-filters';

describe('the words of the dashboard', () => {
  it.each([
    [1, 3, '33%'],
    [1, 1000, 'under 1%'],
    [999, 1000, 'over 99%'],
    [0, 7, '0%'],
    [7, 7, '100%'],
  ])('say %i of %i as a share without pretending none or all: %s', (part, of, said) =>
    expect(percent(part, of)).toBe(said),
  );

  it('say counts where too few stand behind a share', () => {
    expect(shareOf(1, 1)).toBe('1 of 1');
    expect(shareOf(2, 5)).toBe('40%');
  });

  it.each([
    ['2026-W01', '2025-12-29'],
    ['2026-W10', '2026-03-02'],
    ['2026-W53', '2026-12-28'],
    ['2027-W01', '2027-01-04'],
  ])('know the Monday of %s', (week, monday) => expect(mondayOf(week)).toBe(monday));

  it.each([
    [40, '40 s'],
    [720, '12 min'],
    [7_300, '2 h'],
    [200_000, '2 days'],
  ])('say %i seconds as %s', (seconds, said) => expect(duration(seconds)).toBe(said));

  it('read slugs and languages, also those that they do not know', () => {
    expect(readable('hand-washing')).toBe('Hand washing');
    expect(readable('01-clean-hands')).toBe('Clean hands');
    expect([languageName('es'), languageName('not a code')]).toEqual(['Spanish', 'not a code']);
  });

  it.each([
    [{}, 'All days · all employers · all drills'],
    [
      { from: '2026-03-02', until: '2026-03-09', employer: 'acme', unit: 'bar', language: 'es' },
      '2 Mar 2026 to 8 Mar 2026 · acme · bar · all drills · Spanish',
    ],
    [{ until: '2026-03-09', drill: 'masks' }, 'Up to 8 Mar 2026 · all employers · Masks'],
  ])('say what is shown: %j', (filters, said) => expect(narrowedTo(filters)).toBe(said));
});
