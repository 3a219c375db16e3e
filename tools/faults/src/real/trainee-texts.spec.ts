import { seeded } from './seeded';
import { traineeTexts, type TraineeText } from './trainee-texts';

const first = (count: number, seed: number): readonly TraineeText[] => {
  const texts = traineeTexts(seeded(seed));
  return Array.from({ length: count }, () => texts.next().value);
};

describe('the texts of a trainee', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(first(300, 7)).toEqual(first(300, 7));
    expect(first(300, 7)).not.toEqual(first(300, 8));
  });

  it('begin with a registration', () => {
    const said = first(3, 1).map(({ text }) => text);
    expect(said).toEqual(['hello', 'HYGIENE', 'a']);
  });

  it('hold right and wrong answers, asides, opt-outs that end, and repeats', () => {
    const texts = first(2_000, 1);
    const said = texts.map(({ text }) => text);
    expect(said).toEqual(expect.arrayContaining(['b', 'I do not know', 'MENU', 'MORE', 'HELP', 'STOP']));
    const count = (wanted: string): number => said.filter((text) => text === wanted).length;
    expect(Math.abs(count('STOP') - count('START'))).toBeLessThanOrEqual(1);
    expect(texts.some(({ repeated }) => repeated)).toBe(true);
  });
});
